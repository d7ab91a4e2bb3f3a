from alongside.foundation.packages import Package


class ReadsConfig(Package):
    name = "alongside.foundation.reads"
    label = "reads"
