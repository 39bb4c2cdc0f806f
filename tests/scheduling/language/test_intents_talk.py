"""Talk, much of it with times in it, that the calendar must leave alone."""

from __future__ import annotations

import pytest

from tests.scheduling.language.rivera import read

TALK = """
see you at 5
running 10 min late
the movie was 3 hours long
call me when you land
did you see the game last night?
thanks for Saturday!
I'll be home at 6
home by 7
be there in 5
on my way, 10 minutes
what's for dinner tonight?
what time will you be home?
when are you coming home?
good morning everyone
happy friday!
can't wait for Saturday
it's going to rain tomorrow
supposed to snow on friday
anyone want pizza tonight?
I'm so tired today
long day today
just landed, see you in an hour
Mia got an A on her math test today!
Leo scored 2 goals on Saturday
had a great time last weekend
how was school today?
how was your day
dinner is ready
dinner in 10 minutes!
leaving in 5
back in 20
the store closes at 9
I love Fridays
TGIF
who wants ice cream?
where are my keys
did anyone feed the dog this morning?
can someone pick up milk
need milk and eggs
please take out the trash
don't forget your lunch
turn off the lights
grandma says hi
Grandma called at 3
miss you, see you Sunday
see you all tomorrow
have fun at practice today
good luck on your test tomorrow Mia!
Good luck tomorrow!
hope you feel better by Monday
Remember when we went to Paris in 2019?
5 more minutes
version 2.5 is out
my number is 555-1234
that costs $45
I paid 30 dollars for the tickets
room 12 on floor 3
the bus was 15 min late this morning
she turned 8 yesterday
it's 5 o'clock somewhere
it's already 9
I can't believe tomorrow is Monday
is it Friday yet?
sounds good
haha that was funny
lol
sure, see you then
Got home at 11 last night
I woke up at 5 this morning 😴
the game starts at 7 on ESPN
new episode tonight!
Netflix at 8?
traffic was insane on Monday
I'm stuck in a meeting until 4
are you free?
where are you?
are you coming tonight?
Do you need anything from the store?
will be 5 mins late
almost there
asdf
hello
hi bot
what's up
I'll call you at 5
text me when you're done
talk tomorrow
let's talk later
let me know by friday
I think it's on Thursday
maybe next week
not sure about Saturday yet
Dad is sick today
Mia has a fever
Leo lost a tooth today!!
look at this pic from Saturday
the kids are asleep
we won 4-1 on Sunday
School was cancelled today lol
you were right about Tuesday
the wedding last June was beautiful
only 3 days left!
2 weeks until vacation!!
Christmas is coming
Merry Christmas!
I need coffee
who ate my sandwich
stop it
cancel my netflix subscription
the meeting ran over
that meeting could have been an email
why is the car so dirty
the car smells
gas was $3.99 yesterday
who took my charger
Did you move my keys?
can you move the laundry to the dryer?
Can you push the chairs in
I dropped Leo at school at 8
picked up Mia at 3
please drop by the pharmacy
your appointment went well?
I'm at soccer with Leo, back at 5
We're at the pool till 4
Leo ate 3 bananas
the dentist was nice
the recipe says 45 minutes at 350
bake for 20 min
oven at 400
I'm 40 today haha
he's 6 feet tall
we should go to the beach sometime
I wish it was Friday
Sunday funday!
What a great Saturday
Can I have ice cream?
mom can I go to Zoe's?
mom can you pick me up
Hey mom
nice weather this weekend
Sale at Target this weekend
Happy Birthday Mia! 🎉 8 today
Thank you for dinner last night
sorry I missed your call at 3
Did Leo eat lunch?
I'll be 15 minutes late
We're leaving at 5
I'm leaving work at 5
be home around 6:30
Got off early, home by 4
what's the wifi password
dinner was amazing
that was the best weekend ever
the doctor said 10 days of antibiotics
he has a temp of 101
I was up until 2am
only 20 days to summer
Mia grew 2 inches since January
Monday again 😩
ugh mondays
can you believe it's march already
Friday can't come soon enough
Sunday is my favorite day
hey are you up
did you see my text from 9
why is Leo not at practice
is dinner ready?
is it raining there
are we out of milk?
Do we have any eggs
I ordered pizza
pizza's here
ETA 15 min
5 min
15 min away
10 more min
ok 5pm works
sure, 6 is fine
see you there at 4
3pm works for me
how about 7?
let's meet at 5
the package came at 2
school pictures came out great
you have until Friday
the deadline was Monday
the train leaves at 9:15 so hurry
we've been married 10 years today!
10 years ago today we met
On this day 5 years ago
I can't find my phone
the dog threw up again this morning
bus was late again today
power's out until 6
Internet is down
Stop fighting you two
He'll be 3 in May
Leo is 4 feet tall now
on hold for 45 minutes already
it's 80 degrees on Saturday
I have a headache
I have no idea
I have 2 tickets left
we have leftovers for dinner
Mom is calling you
dad is here
Dad is on his way
Mia is at Zoe's
Leo is asleep
Who's hungry?
anyone home?
Where's Dad?
what do you want for your birthday?
what do you think about Saturday?
Not today
maybe tomorrow
tomorrow then
Saturday!!!
yay saturday
see ya saturday at 5!
till tomorrow
Just finished work
lunch was good today
good game today Leo
go Leo!! 2 goals in the first half
watching the game at 8 tonight, who's in?
season 2 drops Friday
price went up 20% in March
order 66
flight 1234 landed
UA 452 is on time
my alarm didn't go off at 6
Forgot my lunch today
can you grab milk on your way home at 5?
I'm running to the store, back by 3
Mia's teacher is so nice
Leo's room is a mess
The kids had a blast on Saturday
I'll let you know tomorrow
we'll see on Friday
Let's see how Saturday goes
I thought it was Tuesday
Is today Wednesday?
what day is it
what time is it
it's 3am why are you up
Sleep in tomorrow!
no worries, see you at 6
Take your time
time to go
Have a nice trip, see you Monday
enjoy your weekend
congrats on the new job, start Monday?
I start my diet Monday lol
so proud of Mia today
grandma loved the flowers on Sunday
Our neighbors are moving out in June
Zoe's mom is so funny
Wow March already
new phone, same number 555-123-4567
watch this video at 2:35
page 12 question 4
chapter 3 is boring
I ran 5k this morning
Leo's temperature is 38.5
bought 2 tickets for $30
call me
can u call me at 5
ring me when you get there
let me know when you get home
text me at lunch
gotta go, bye
""".strip().splitlines()

BESIDE_A_BOOKING = {
    "praise_first": "Great game today! Dentist for Leo tomorrow at 3pm.",
    "thanks_after": "Dentist for Leo tomorrow at 3pm. Thanks for yesterday!",
    "sigh_first": "Ugh, what a day! Dentist for Leo tomorrow at 3pm.",
}


@pytest.mark.parametrize("text", TALK)
def test_talk_is_met_with_silence(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", BESIDE_A_BOOKING.values(), ids=BESIDE_A_BOOKING)
def test_talk_beside_a_booking_leaves_one_item(text: str) -> None:
    (item,) = read(text)
    assert (item["title"], item["start"]) == ("Dentist", "2026-03-05T15:00")
