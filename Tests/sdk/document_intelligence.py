"""Document Intelligence v4 as `DocumentIntelligenceAdministrationClient` sees it: models and classifiers."""

import datetime

from azure.ai.documentintelligence import DocumentIntelligenceAdministrationClient
from azure.ai.documentintelligence import models
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceNotFoundError,
)

from calls import inner_code_of, same, true
from emulation import COPY_SECONDS, PAGE_SIZE
from shapes import typed


class Clients:
    def client(self, way, resource, wrong=False):
        return DocumentIntelligenceAdministrationClient(
            resource.endpoint,
            way.credential(resource, wrong),
            polling_interval=COPY_SECONDS / 2,
            connection_verify=way.verify,
        )

    def pair(self, way):
        return self.client(way, way.source), self.client(way, way.target)


class Kind:
    """The SDK's words for models or for classifiers."""

    def __init__(self, noun, seed, request, operation):
        self.noun, self.seed, self.request, self.operation = noun, seed, request, operation

    def authorize(self, client, id, **more):
        body = self.request(**{f"{self.noun}_id": id}, **more)
        return getattr(client, f"authorize_{self.noun}_copy")(body)

    def begin_copy(self, client, id, grant, **more):
        return getattr(client, f"begin_copy_{self.noun}_to")(id, grant, **more)

    def get(self, client, id):
        return getattr(client, f"get_{self.noun}")(id)

    def delete(self, client, id):
        getattr(client, f"delete_{self.noun}")(id)

    def list(self, client):
        return getattr(client, f"list_{self.noun}s")()

    def id(self, thing):
        return getattr(thing, f"{self.noun}_id")

    def target_id(self, grant):
        return getattr(grant, f"target_{self.noun}_id")

    def target_location(self, grant):
        return getattr(grant, f"target_{self.noun}_location")


MODEL = Kind("model", "invoices", models.AuthorizeCopyRequest, "documentModelCopyTo")
CLASSIFIER = Kind("classifier", "sorter-1", models.AuthorizeClassifierCopyRequest, "documentClassifierCopyTo")


def looks_around(calls, clients, way):
    source, _ = clients.pair(way)
    with calls("get_resource_details"):
        counts = typed(source.get_resource_details()).custom_document_models
        same((counts.count, counts.limit > counts.count), (11, True), "count, and whether it is below the limit")
    for kind in (MODEL, CLASSIFIER):
        with calls(f"list_{kind.noun}s"):
            pages = [[typed(one) for one in page] for page in kind.list(source).by_page()]
            ids = [kind.id(one) for page in pages for one in page]
            sizes = [len(page) for page in pages]
            true(len(sizes) > 1 and set(sizes[:-1]) == {PAGE_SIZE}, f"pages of {sizes}")
            true(kind.seed in ids and "unready" not in ids, "one is missing, or not yet there")
            same(len(ids), len(set(ids)), "different ids")
        with calls(f"get_{kind.noun}"):
            true(typed(kind.get(source, kind.seed)).doc_types, "no document types")
    with calls("get_model, prebuilt"):
        typed(source.get_model("prebuilt-layout"))


def copies(calls, clients, way, kind):
    source, target = clients.pair(way)
    chosen = f"copy-v4-{kind.noun}"
    with calls(f"authorize_{kind.noun}_copy"):
        grant = typed(kind.authorize(target, chosen, description="A copy", tags={"team": "b"}))
        same(kind.target_id(grant), chosen, "id")
        same(grant.target_resource_id, way.target.arm_id, "target_resource_id")
        same(grant.target_resource_region, way.target.region, "target_resource_region")
        left = grant.expiration_date_time - datetime.datetime.now(datetime.timezone.utc)
        true(3400 < left.total_seconds() <= 3600, f"the authorization lives for {left}")
    with calls.refused(f"authorize_{kind.noun}_copy, reserved", ResourceExistsError, 409, "Conflict"):
        exists(kind, target, chosen)
    with calls.refused(f"get_{kind.noun}, reserved", ResourceNotFoundError, 404, "NotFound"):
        kind.get(target, chosen)
    with calls(f"list_{kind.noun}s, one reserved"):
        true(chosen not in [kind.id(one) for one in kind.list(target)], "a reserved id is listed")
    with calls(f"begin_copy_{kind.noun}_to"):
        poller = kind.begin_copy(source, kind.seed, grant)
    with calls(f"result of begin_copy_{kind.noun}_to"):
        copied = typed(poller.result())
        same((kind.id(copied), copied.description), (chosen, "A copy"), "what was asked for")
        same(poller.status(), "succeeded", "status")
    with calls("list_operations"):
        operations = [typed(one) for one in source.list_operations()]
        newest = operations[0]
        same((newest.kind, newest.status), (kind.operation, "succeeded"), "kind and status of the newest operation")
        same(newest.resource_location, kind.target_location(grant), "location of the newest operation")
    with calls("get_operation"):
        operation = typed(source.get_operation(newest.operation_id))
        same((operation.percent_completed, kind.id(operation.result)), (100, chosen), "percent and result")
    with calls(f"get_{kind.noun}, copied"):
        original, copied = kind.get(source, kind.seed), typed(kind.get(target, chosen))
        same(copied.expiration_date_time, original.expiration_date_time, "expiration")
        true(copied.created_date_time > original.created_date_time, "the copy is as old as the original")
        same(len(copied.doc_types), len(original.doc_types), "document types")
    with calls.refused(f"authorize_{kind.noun}_copy, taken", ResourceExistsError, 409, "Conflict"):
        exists(kind, target, chosen)
    with calls(f"delete_{kind.noun}"):
        kind.delete(target, chosen)
    with calls.refused(f"get_{kind.noun}, deleted", ResourceNotFoundError, 404, "NotFound"):
        kind.get(target, chosen)


def resumes(calls, clients, way, kind):
    source, target = clients.pair(way)
    with calls(f"begin_copy_{kind.noun}_to, left alone"):
        grant = kind.authorize(target, f"resumed-v4-{kind.noun}")
        left = kind.begin_copy(source, kind.seed, grant).continuation_token()
    with calls(f"begin_copy_{kind.noun}_to from a continuation token"):
        again, _ = clients.pair(way)
        result = kind.begin_copy(again, kind.seed, grant, continuation_token=left).result()
        same(kind.id(typed(result)), kind.target_id(grant), "id")


def fails(calls, clients, way, kind):
    source, target = clients.pair(way)
    with calls(f"begin_copy_{kind.noun}_to, about to fail"):
        grant = kind.authorize(target, f"failing-v4-{kind.noun}")
        with way.emulator.fault(way.source, "copyTo", "copyInternalError"):
            poller = kind.begin_copy(source, kind.seed, grant)
    with calls.refused("result of a copy that fails", HttpResponseError, 200, "InternalServerError"):
        poller.result()
    with calls("get_operation, failed"):
        operation = typed(source.get_operation(next(iter(source.list_operations())).operation_id))
        same((operation.status, operation.error.code), ("failed", "InternalServerError"), "status and code")
    with calls(f"begin_copy_{kind.noun}_to, used authorization"):
        used = kind.begin_copy(source, kind.seed, grant)
    with calls.refused("result of a copy with a used authorization", HttpResponseError, 200, "Forbidden"):
        used.result()
    for fault, status in (("copyCanceled", "canceled"), ("copySkipped", "skipped")):
        with calls(f"begin_copy_{kind.noun}_to, about to be {status}"):
            grant = kind.authorize(target, f"{status}-v4-{kind.noun}")
            with way.emulator.fault(way.source, "copyTo", fault):
                kind.begin_copy(source, kind.seed, grant, polling=False)
        with calls(f"get_operation until {status}"):
            newest = next(iter(source.list_operations())).operation_id
            while source.get_operation(newest).status in ("notStarted", "running"):
                pass
            same(typed(source.get_operation(newest)).status, status, "status")


def copies_nonsense(calls, clients, way, kind):
    source, target = clients.pair(way)
    chosen, unknown = f"nonsense-v4-{kind.noun}", "nothing-of-that-name"
    with calls(f"authorize_{kind.noun}_copy for nonsense"):
        grant = kind.authorize(target, chosen)
    with calls.refused(f"begin_copy_{kind.noun}_to, altered authorization", HttpResponseError, 403, "Forbidden"):
        kind.begin_copy(source, kind.seed, dict(grant) | {"accessToken": "another"})
    with calls.refused(f"begin_copy_{kind.noun}_to, unknown source", ResourceNotFoundError, 404, "NotFound"):
        kind.begin_copy(source, unknown, grant)
    with calls.refused(f"begin_copy_{kind.noun}_to from a reserved id", HttpResponseError, 400, "InvalidRequest"):
        kind.begin_copy(target, chosen, grant)
    with calls.refused(f"authorize_{kind.noun}_copy, id without form", HttpResponseError, 400, "InvalidArgument"):
        kind.authorize(target, "-")
    with calls.refused(f"get_{kind.noun}, unknown", ResourceNotFoundError, 404, "NotFound"):
        kind.get(source, unknown)
    with calls.refused(f"delete_{kind.noun}, unknown", ResourceNotFoundError, 404, "NotFound"):
        kind.delete(source, unknown)
    with calls.refused("get_operation, unknown", ResourceNotFoundError, 404, "NotFound"):
        source.get_operation("31581600000_99999999-0000-4000-8000-000000000000")
    with calls(f"delete_{kind.noun}, reserved"):
        kind.delete(target, chosen)


def waits_when_throttled(calls, clients, way):
    source, target = clients.pair(way)
    with calls("begin_copy_model_to after 429"):
        grant = MODEL.authorize(target, "throttled-v4")
        with way.emulator.fault(way.source, "copyTo", "throttle", retryAfter=1):
            poller = MODEL.begin_copy(source, MODEL.seed, grant)
        same(poller.result().model_id, "throttled-v4", "model")


def follows(calls, clients, way, kind):
    source, target = clients.pair(way)
    for fault in ("otherCaseLocation", "otherVersionLocation"):
        with calls(f"begin_copy_{kind.noun}_to, {fault}"):
            grant = kind.authorize(target, f"{fault}-v4-{kind.noun}")
            with way.emulator.fault(way.source, "copyTo", fault):
                poller = kind.begin_copy(source, kind.seed, grant)
            same(kind.id(typed(poller.result())), kind.target_id(grant), "id")


def is_kept_out(calls, clients, way):
    stranger = clients.client(way, way.target, wrong=True)
    with calls.refused("get_resource_details, wrong credential", ClientAuthenticationError, 401):
        stranger.get_resource_details()
    if way.token:
        with calls.refused("get_resource_details, token at a regional endpoint", HttpResponseError, 400, "BadRequest"):
            clients.client(way, way.regional).get_resource_details()
    for kind in (MODEL, CLASSIFIER):
        with calls.refused(f"authorize_{kind.noun}_copy, wrong credential", ClientAuthenticationError, 401):
            kind.authorize(stranger, "unwanted")


def exists(kind, client, id):
    """Authorizes a taken id; the error has to say inside as well what is wrong."""
    try:
        kind.authorize(client, id)
    except ResourceExistsError as error:
        same(inner_code_of(error), "ModelExists", "inner code")
        raise


def of(kind, scenario):
    def play(calls, clients, way):
        scenario(calls, clients, way, kind)

    play.__name__ = f"{scenario.__name__} ({kind.noun})"
    return play


SCENARIOS = [
    looks_around,
    *(
        of(kind, scenario)
        for kind in (MODEL, CLASSIFIER)
        for scenario in (copies, resumes, fails, copies_nonsense, follows)
    ),
    waits_when_throttled,
    is_kept_out,
]
