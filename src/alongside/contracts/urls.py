from django.urls import path

from alongside.contracts import views

app_name = "contracts"
urlpatterns = [
    path("pairs/<str:ref>/agreement/", views.agreement, name="agreement"),
    path("pairs/<str:ref>/agreement/begin/", views.begin, name="begin"),
    path("pairs/<str:ref>/agreement/write/", views.edit, name="edit"),
    path("pairs/<str:ref>/agreement/look/", views.preview, name="preview"),
    path("pairs/<str:ref>/agreement/show/", views.propose, name="propose"),
    path("pairs/<str:ref>/agreement/change/", views.change, name="change"),
    path("pairs/<str:ref>/agreement/drop/", views.drop, name="drop"),
    path("pairs/<str:ref>/agreement/versions/<str:version_ref>/", views.version, name="version"),
    path("pairs/<str:ref>/agreement/versions/<str:version_ref>/sign/", views.sign, name="sign"),
]
