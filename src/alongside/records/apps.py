from alongside.foundation.packages import Package


class RecordsConfig(Package):
    name = "alongside.records"
    label = "records"
