from django.urls import path

from alongside.programmes.views import copying, design, exports, handbook, handing_over, launching, model, programmes

app_name = "programmes"
_one = "programmes/<slug:slug>/"
urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.create, name="create"),
    path("programmes/archived/", copying.archived, name="archived"),
    path("programmes/without-coordinator/", handing_over.without_coordinator, name="without_coordinator"),
    path(_one, programmes.programme, name="programme"),
    path(f"{_one}change/", programmes.change, name="change"),
    path(f"{_one}launch/", launching.launch, name="launch"),
    path(f"{_one}hand-over/", handing_over.hand_over, name="hand_over"),
    path(f"{_one}close/", programmes.close, name="close"),
    path(f"{_one}duplicate/", copying.duplicate, name="duplicate"),
    path(f"{_one}archive/", copying.archive, name="archive"),
    path(f"{_one}restore/", copying.restore, name="restore"),
    path(f"{_one}design/", design.overview, name="design"),
    path(f"{_one}design/whole/", design.whole, name="design_whole"),
    path(f"{_one}design/model/", model.model, name="model"),
    path(f"{_one}design/<slug:section>/", design.section, name="section"),
    path(f"{_one}design/<slug:section>/kept/", design.keep, name="keep_section"),
    path(f"{_one}handbook/", handbook.handbook, name="handbook"),
    path(f"{_one}handbook/pdf/", handbook.handbook_pdf, name="handbook_pdf"),
    path(f"{_one}handbook/for/<slug:role>/", handbook.sheet, name="sheet"),
    path(f"{_one}handbook/for/<slug:role>/pdf/", handbook.sheet_pdf, name="sheet_pdf"),
    path(f"{_one}handbook/<slug:chapter>/", handbook.write, name="write_handbook"),
    path(f"{_one}handbook/<slug:chapter>/editions/", handbook.editions, name="handbook_editions"),
    path(f"{_one}handbook/<slug:chapter>/editions/<int:number>/", handbook.go_back, name="handbook_go_back"),
    path(f"{_one}people/", programmes.people, name="people"),
    path(f"{_one}people/export/", exports.export_people, name="export_people"),
    path(f"{_one}people/add/", programmes.add_people, name="add_people"),
    path(f"{_one}people/<str:ref>/places/", programmes.places, name="places"),
    path(f"{_one}people/<str:ref>/remove/", programmes.remove, name="remove"),
    path(f"{_one}funnel/<slug:key>/", programmes.funnel, name="funnel"),
]
