from alongside.foundation.packages import Package


class JobsConfig(Package):
    name = "alongside.foundation.jobs"
    label = "jobs"
