from alongside.foundation.packages import Package


class EventsConfig(Package):
    name = "alongside.foundation.events"
    label = "events"
