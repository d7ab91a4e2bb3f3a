"""From a spreadsheet of pairs that already meet to judged rows. Pure: no database, no request, no clock.

columns   what each column means, guessed and mended
reading   cells -> a row's keys, days and numbers, or the reasons why not
stages    where on its path a pair stands, from the model's words or from what it brings along
judging   a row against the people and pairs that are there: new, here already, refused
mending   refused rows as a file that can be sent again
"""
