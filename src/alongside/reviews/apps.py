from alongside.foundation.packages import Package


class ReviewsConfig(Package):
    name = "alongside.reviews"
    label = "reviews"
