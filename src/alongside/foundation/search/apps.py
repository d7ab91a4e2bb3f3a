from alongside.foundation.packages import Package


class SearchConfig(Package):
    name = "alongside.foundation.search"
    label = "search"
