"""Custom Vision as `CustomVisionTrainingClient` sees it."""

import time
import warnings

# The SDK's packages still use pkg_resources, of which they are told at every start.
warnings.filterwarnings("ignore", module="azure|msrest")

from azure.cognitiveservices.vision.customvision.training import CustomVisionTrainingClient
from azure.cognitiveservices.vision.customvision.training.models import CustomVisionErrorException
from msrest.authentication import ApiKeyCredentials, BasicTokenAuthentication

from calls import same, true
from emulation import PROJECT, TRAINING
from shapes import typed

UNKNOWN = "99999999-0000-4000-8000-000000000000"
SCOPE = "https://cognitiveservices.azure.com/.default"


class Clients:
    def client(self, way, resource, wrong=False):
        credential = way.credential(resource, wrong)
        if way.token:
            credentials = BasicTokenAuthentication({"access_token": credential.get_token(SCOPE).token})
        else:
            credentials = ApiKeyCredentials(in_headers={"Training-Key": credential.key})
        client = CustomVisionTrainingClient(resource.endpoint, credentials)
        client.config.connection.verify = way.verify
        return client

    def pair(self, way):
        return self.client(way, way.source), self.client(way, way.target)


def looks_around(calls, clients, way):
    source, _ = clients.pair(way)
    with calls("get_projects"):
        projects = {project.name: project for project in map(typed, source.get_projects())}
        same(set(projects), {"Pets", "Still learning"}, "names")
    with calls("get_project"):
        project = typed(source.get_project(PROJECT))
        same((project.id, project.name, project.status), (PROJECT, "Pets", "Succeeded"), "id, name, status")
        true(project.created <= project.last_modified, "modified before it was created")
        true(project.thumbnail_uri and project.settings.domain_id, "no thumbnail or no domain")


def copies(calls, clients, way):
    source, target = clients.pair(way)
    with calls("export_project"):
        export = typed(source.export_project(PROJECT))
        true(export.token and export.estimated_import_time_in_ms > 0, "no token or no estimate")
        same(export.image_count, 15, "images")
    name = "Pets & more = 100 %, ünd so"
    with calls("import_project"):
        project = typed(target.import_project(export.token, name))
        same((project.name, project.status), (name, "Importing"), "name and status")
    with calls("get_project until it has succeeded"):
        project = arrived(target, project.id)
        same((project.name, project.status), (name, "Succeeded"), "name and status")
    with calls("get_tags"):
        same(summary(target, project.id), summary(source, PROJECT), "tags")
    with calls("get_iterations"):
        iterations = [typed(one) for one in target.get_iterations(project.id)]
        names = sorted(one.name for one in source.get_iterations(PROJECT))
        same(sorted(one.name for one in iterations), names, "names")
        same({one.status for one in iterations}, {"Completed"}, "status")
        same({one.project_id for one in iterations}, {project.id}, "project")
    for count, expected in (("get_image_count", 15), ("get_tagged_image_count", 12), ("get_untagged_image_count", 3)):
        with calls(count):
            same(getattr(target, count)(project.id), expected, "images")
            same(getattr(source, count)(PROJECT), expected, "images of the source")
    with calls("update_project"):
        project.name, project.description = "Renamed", "By update_project"
        changed = typed(target.update_project(project.id, project))
        same((changed.name, changed.description), ("Renamed", "By update_project"), "name and description")
    with calls("import_project, the same token and no name"):
        second = typed(target.import_project(export.token))
        true(second.id != project.id, "the same project again")
        same(arrived(target, second.id).name, "Pets (1)", "name")
    with calls("import_project, a name that is taken"):
        third = arrived(target, target.import_project(export.token).id)
        same((third.name, third.status), ("Pets (2)", "Succeeded"), "name and status")
    with calls("get_projects, three copies"):
        listed = [typed(one) for one in target.get_projects()]
        same([one.id for one in listed], [third.id, second.id, project.id], "projects, the newest first")
    with calls("delete_project"):
        for one in listed:
            target.delete_project(one.id)
        same(target.get_projects(), [], "projects")
    with calls.refused("get_project, deleted", CustomVisionErrorException, 404, "NotFoundProject"):
        target.get_project(project.id)


def fails(calls, clients, way):
    source, target = clients.pair(way)
    with calls("import_project, about to fail"):
        with way.emulator.fault(way.target, "import", "importFails"):
            project = target.import_project(source.export_project(PROJECT).token, "Doomed")
    with calls("get_project until it has failed"):
        same(arrived(target, project.id).status, "Failed", "status")
    with calls("delete_project, failed"):
        target.delete_project(project.id)
    with calls.refused("import_project, forged token", CustomVisionErrorException, 400, "BadRequestInvalidImportToken"):
        target.import_project("https://nowhere.blob.core.windows.net/prjexp-1/project-export-info?sv=1&sig=a%2Bb")
    with calls.refused("export_project, in training", CustomVisionErrorException, 400, "BadRequestExportWhileTraining"):
        source.export_project(TRAINING)
    for call in ("get_project", "export_project", "delete_project", "get_tags"):
        with calls.refused(f"{call}, unknown", CustomVisionErrorException, 404, "NotFoundProject"):
            getattr(source, call)(UNKNOWN)


def waits_when_throttled(calls, clients, way):
    source, target = clients.pair(way)
    with calls("export_project after 429"):
        with way.emulator.fault(way.source, "export", "throttle", retryAfter=1):
            export = source.export_project(PROJECT)
    with calls.refused("import_project, 429, which the SDK does not repeat", CustomVisionErrorException, 429):
        with way.emulator.fault(way.target, "import", "throttle", retryAfter=1):
            target.import_project(export.token)
    with calls("import_project after that"):
        target.delete_project(arrived(target, target.import_project(export.token).id).id)


def is_kept_out(calls, clients, way):
    stranger = clients.client(way, way.target, wrong=True)
    with calls.refused("get_projects, wrong credential", CustomVisionErrorException, 401):
        stranger.get_projects()
    with calls.refused("import_project, wrong credential", CustomVisionErrorException, 401):
        stranger.import_project("a token")


def arrived(client, id):
    """The project when its import has ended."""
    while (project := typed(client.get_project(id))).status == "Importing":
        time.sleep(0.1)
    return project


def summary(client, id):
    return sorted((tag.name, tag.type, tag.image_count) for tag in map(typed, client.get_tags(id)))


SCENARIOS = [looks_around, copies, fails, waits_when_throttled, is_kept_out]
