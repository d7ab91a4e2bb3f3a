"""From a spreadsheet to checked people. Pure: no database, no request, no clock.

reading   a file of any common kind -> a header and rows with their spreadsheet row numbers
columns   what each column means, and which are left out
checking  rows -> people, with warnings, questions and refusals
"""
