"""The grammar of time, in small parsers over one flat tuple of tokens.

In the order a text passes them:

    tokens, numbers, spelling, vocabulary   words and what they stand for
    clock_times, dayparts, durations        an hour, a part of the day, a length
    written_dates, relative_days, offsets   a day, by its date, from today, by its distance
    dates, ranges, repeats                  the longest of those, ranges, repetitions
    scan                                    one pass: the parts of a text, in order (`parts`)
    gaps, bag                               which parts belong together
    resolve, hours, build, series           what they mean, against now (`When`)

`scheduling.language.times` puts them together.
"""
