from django.urls import path

from alongside.foundation.files import views

app_name = "files"
urlpatterns = [path("files/<slug:ref>/", views.download, name="download")]
