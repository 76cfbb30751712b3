"""Document Intelligence v3 as `DocumentModelAdministrationClient` of the Form Recognizer SDK sees it."""

import datetime

from azure.ai.formrecognizer import DocumentModelAdministrationClient
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
    def __init__(self, version):
        self.version = version

    def client(self, way, resource, wrong=False):
        return DocumentModelAdministrationClient(
            resource.endpoint,
            way.credential(resource, wrong),
            api_version=self.version,
            polling_interval=COPY_SECONDS / 2,
            connection_verify=way.verify,
        )

    def pair(self, way):
        return self.client(way, way.source), self.client(way, way.target)

    def fresh(self, name):
        """An id that the other versions, which share the resources, do not use."""
        return f"{name}-{self.version}"


def looks_around(calls, clients, way):
    source, _ = clients.pair(way)
    with calls("get_resource_details"):
        details = typed(source.get_resource_details())
        same(details.custom_document_models.count, 11, "count")
        true(details.custom_document_models.limit > 11, "no limit")
        same(details.neural_document_model_quota is None, clients.version == "2022-08-31", "there is no neural quota")
    with calls("list_document_models"):
        pages = [[typed(model) for model in page] for page in source.list_document_models().by_page()]
        ids = [model.model_id for page in pages for model in page]
        custom = [id for id in ids if not id.startswith("prebuilt-")]
        sizes = [len(page) for page in pages]
        true(len(sizes) > 2 and set(sizes[:-1]) == {PAGE_SIZE}, f"pages of {sizes}")
        same(custom, [f"built-{number:02}" for number in range(9)] + ["invoices"], "custom models")
        true(len(custom) < len(ids), "no prebuilt model")
        same(len(ids), len(set(ids)), "different ids")
    with calls("get_document_model"):
        model = typed(source.get_document_model("invoices"))
        same((model.description, model.tags), ("Built in May", {"team": "a"}), "description and tags")
        true("invoices" in model.doc_types and model.doc_types["invoices"].field_schema, "no document type or field")
        same(model.expires_on is None, clients.version == "2022-08-31", "there is no expiration")
    with calls("get_document_model, prebuilt"):
        typed(source.get_document_model("prebuilt-layout"))


def copies(calls, clients, way):
    source, target = clients.pair(way)
    chosen = clients.fresh("copy")
    with calls("get_copy_authorization"):
        grant = target.get_copy_authorization(model_id=chosen, description="A copy", tags={"team": "b"})
        same(grant["targetModelId"], chosen, "targetModelId")
        same(grant["targetResourceId"], way.target.arm_id, "targetResourceId")
        same(grant["targetResourceRegion"], way.target.region, "targetResourceRegion")
        true(grant["targetModelLocation"].startswith(f"{way.target.endpoint.rstrip('/')}/formrecognizer/"), "location")
        expires = datetime.datetime.fromisoformat(grant["expirationDateTime"])
        left = expires - datetime.datetime.now(datetime.timezone.utc)
        true(3400 < left.total_seconds() <= 3600, f"the authorization lives for {left}")
    with calls.refused("get_copy_authorization, reserved", ResourceExistsError, 409, "Conflict"):
        exists(target.get_copy_authorization, model_id=chosen)
    with calls.refused("get_document_model, reserved", ResourceNotFoundError, 404, "NotFound"):
        target.get_document_model(chosen)
    with calls("list_document_models, one reserved"):
        true(chosen not in [model.model_id for model in target.list_document_models()], "a reserved id is listed")
    with calls("begin_copy_document_model_to"):
        poller = source.begin_copy_document_model_to("invoices", grant)
        same(poller.details["operation_id"] == "", False, "the operation id is empty")
    with calls("result of begin_copy_document_model_to"):
        model = typed(poller.result())
        same((model.model_id, model.description, model.tags), (chosen, "A copy", {"team": "b"}), "what was asked for")
        same(poller.status(), "succeeded", "status")
    with calls("details of the poller"):
        details = poller.details
        same((details["operation_kind"], details["percent_completed"]), ("documentModelCopyTo", 100), "kind, percent")
        same(details["resource_location_url"], grant["targetModelLocation"], "location")
        true(details["created_on"] <= details["last_updated_on"], "updated before it was created")
    with calls("get_operation"):
        operation = typed(source.get_operation(details["operation_id"]))
        same((operation.status, operation.result.model_id), ("succeeded", chosen), "status and model")
    with calls("list_operations"):
        operations = [typed(one) for one in source.list_operations()]
        same(operations[0].operation_id, details["operation_id"], "the newest operation")
    with calls("get_document_model, copied"):
        original, copied = source.get_document_model("invoices"), typed(target.get_document_model(chosen))
        same(copied.created_on, original.created_on, "date")
        same(copied.expires_on, original.expires_on, "expiration")
        same(copied.doc_types.keys(), original.doc_types.keys(), "document types")
    with calls.refused("get_copy_authorization, taken", ResourceExistsError, 409, "Conflict"):
        exists(target.get_copy_authorization, model_id=chosen)
    with calls("delete_document_model"):
        target.delete_document_model(chosen)
    with calls.refused("get_document_model, deleted", ResourceNotFoundError, 404, "NotFound"):
        target.get_document_model(chosen)


def resumes(calls, clients, way):
    source, target = clients.pair(way)
    with calls("begin_copy_document_model_to, left alone"):
        grant = target.get_copy_authorization(model_id=clients.fresh("resumed"))
        left = source.begin_copy_document_model_to("built-00", grant).continuation_token()
    with calls("begin_copy_document_model_to from a continuation token"):
        again, _ = clients.pair(way)
        model = again.begin_copy_document_model_to("built-00", None, continuation_token=left).result()
        same(typed(model).model_id, clients.fresh("resumed"), "model")


def chooses_an_id(calls, clients, way):
    source, target = clients.pair(way)
    with calls("get_copy_authorization, id made by the SDK"):
        grant = target.get_copy_authorization()
    with calls("begin_copy_document_model_to, id made by the SDK"):
        same(source.begin_copy_document_model_to("invoices", grant).result().model_id, grant["targetModelId"], "model")


def fails(calls, clients, way):
    source, target = clients.pair(way)
    with calls("begin_copy_document_model_to, about to fail"):
        grant = target.get_copy_authorization(model_id=clients.fresh("failing"))
        with way.emulator.fault(way.source, "copyTo", "copyInternalError"):
            poller = source.begin_copy_document_model_to("invoices", grant)
    with calls.refused("result of a copy that fails", HttpResponseError, 200, "InternalServerError"):
        poller.result()
    with calls("get_operation, failed"):
        operation = typed(source.get_operation(poller.details["operation_id"]))
        same((operation.status, operation.error.code), ("failed", "InternalServerError"), "status and code")
    with calls("begin_copy_document_model_to, used authorization"):
        used = source.begin_copy_document_model_to("invoices", grant)
    with calls.refused("result of a copy with a used authorization", HttpResponseError, 200, "Forbidden"):
        used.result()
    with calls("delete_document_model, reserved"):
        target.delete_document_model(clients.fresh("failing"))


def copies_nonsense(calls, clients, way):
    source, target = clients.pair(way)
    with calls("get_copy_authorization for nonsense"):
        grant = target.get_copy_authorization(model_id=clients.fresh("nonsense"))
    with calls.refused("begin_copy_document_model_to, altered authorization", HttpResponseError, 403, "Forbidden"):
        source.begin_copy_document_model_to("invoices", grant | {"accessToken": "another"})
    with calls.refused("begin_copy_document_model_to, unknown source", ResourceNotFoundError, 404, "NotFound"):
        source.begin_copy_document_model_to("nothing-of-that-name", grant)
    with calls.refused("begin_copy_document_model_to, source not ready", HttpResponseError, 400, "InvalidRequest"):
        source.begin_copy_document_model_to("unready", grant)
    with calls.refused("begin_copy_document_model_to from a reserved id", HttpResponseError, 400, "InvalidRequest"):
        target.begin_copy_document_model_to(clients.fresh("nonsense"), grant)
    if clients.version == "2022-08-31":  # Later ones do not even send it.
        with calls.refused("get_copy_authorization, id without form", HttpResponseError, 400, "InvalidArgument"):
            target.get_copy_authorization(model_id="-")
    with calls.refused("get_document_model, unknown", ResourceNotFoundError, 404, "NotFound"):
        source.get_document_model("nothing-of-that-name")
    with calls.refused("delete_document_model, unknown", ResourceNotFoundError, 404, "NotFound"):
        source.delete_document_model("nothing-of-that-name")
    with calls.refused("get_operation, unknown", ResourceNotFoundError, 404, "NotFound"):
        source.get_operation("31581600000_99999999-0000-4000-8000-000000000000")


def waits_when_throttled(calls, clients, way):
    source, target = clients.pair(way)
    with calls("begin_copy_document_model_to after 429"):
        grant = target.get_copy_authorization(model_id=clients.fresh("throttled"))
        with way.emulator.fault(way.source, "copyTo", "throttle", retryAfter=1):
            poller = source.begin_copy_document_model_to("invoices", grant)
        same(poller.result().model_id, clients.fresh("throttled"), "model")


def follows(calls, clients, way):
    source, target = clients.pair(way)
    for fault in ("otherCaseLocation", "otherVersionLocation"):
        with calls(f"begin_copy_document_model_to, {fault}"):
            grant = target.get_copy_authorization(model_id=clients.fresh(fault))
            with way.emulator.fault(way.source, "copyTo", fault):
                poller = source.begin_copy_document_model_to("invoices", grant)
            same(typed(poller.result()).model_id, clients.fresh(fault), "model")


def is_kept_out(calls, clients, way):
    stranger = clients.client(way, way.target, wrong=True)
    with calls.refused("get_resource_details, wrong credential", ClientAuthenticationError, 401):
        stranger.get_resource_details()
    if way.token:
        with calls.refused("get_resource_details, token at a regional endpoint", HttpResponseError, 400, "BadRequest"):
            clients.client(way, way.regional).get_resource_details()
    with calls.refused("get_copy_authorization, wrong credential", ClientAuthenticationError, 401):
        stranger.get_copy_authorization(model_id="unwanted")


def looks_at_classifiers(calls, clients, way):
    source, _ = clients.pair(way)
    with calls("list_document_classifiers"):
        pages = [[typed(one) for one in page] for page in source.list_document_classifiers().by_page()]
        true(len(pages) > 1 and len(pages[0]) == PAGE_SIZE, f"pages of {[len(page) for page in pages]}")
    with calls("get_document_classifier"):
        classifier = typed(source.get_document_classifier("sorter-1"))
        same(set(classifier.doc_types), {"cars", "boats"}, "document types")
    with calls.refused("get_document_classifier, unknown", ResourceNotFoundError, 404, "NotFound"):
        source.get_document_classifier("nothing-of-that-name")
    with calls("delete_document_classifier"):
        source.delete_document_classifier("sorter-8")
    with calls.refused("get_document_classifier, deleted", ResourceNotFoundError, 404, "NotFound"):
        source.get_document_classifier("sorter-8")


def exists(call, **arguments):
    """Makes a call that is refused because the id is taken; the error has to say so inside as well."""
    try:
        call(**arguments)
    except ResourceExistsError as error:
        same(inner_code_of(error), "ModelExists", "inner code")
        raise


SCENARIOS = [
    looks_around,
    copies,
    resumes,
    chooses_an_id,
    fails,
    copies_nonsense,
    waits_when_throttled,
    follows,
    is_kept_out,
]
CLASSIFIERS = [looks_at_classifiers]
