"""The grammar of time: small parsers over one flat tuple of tokens.

In the order a text passes them:

    tokens, spelling, numbers, vocabulary       words, and what they stand for
    clock_parts, clock_times, dayparts          an hour, a part of the day
    durations                                   a length
    numeric_dates, written_dates, date_signs    a day by its date
    named_days, relative_days, edges, holidays  a day by its name, or told from today
    offsets, anchored_days                      a day or moment by its distance
    dates, ranges                               the longest of those; ranges that share words
    weekday_lists, day_sets, plural_days        repetitions: by days named together,
    how_often, monthly_repeats, yearly_repeats  by a count, a month, a year
    repeats                                     any of those
    moves                                       "from Tuesday to Thursday" of what is moved
    scan                                        one pass: the parts of a text in order (`parts`)
    gaps, bag, joins                            which parts belong together
    calendar, resolve, hours                    which day and hour are meant, against now
    single, build, rules, series                the `When` they make

A parser is a function `(tokens, i) -> (value, index after it) | None`; the longest match wins.
`scheduling.language.times` puts them together.
"""
