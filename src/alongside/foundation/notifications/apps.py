from alongside.foundation.packages import Package


class NotificationsConfig(Package):
    name = "alongside.foundation.notifications"
    label = "notifications"
