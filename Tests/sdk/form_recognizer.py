"""Form Recognizer v2 as `FormTrainingClient` sees it."""

import itertools

from azure.ai.formrecognizer import FormTrainingClient
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError

from calls import code_of, same, true
from emulation import COPY_SECONDS, LABELLED, UNLABELLED
from shapes import typed

UNKNOWN = "99999999-0000-4000-8000-000000000000"


class Clients:
    def __init__(self, version):
        self.version = version

    def client(self, way, resource, wrong=False):
        return FormTrainingClient(
            resource.endpoint,
            way.credential(resource, wrong),
            api_version=self.version,
            polling_interval=COPY_SECONDS / 2,
            connection_verify=way.verify,
        )

    def pair(self, way):
        return self.client(way, way.source), self.client(way, way.target)

    @property
    def failure(self):
        """The code of a copy that could not use its authorization (azure-copy-apis.md 3.1)."""
        return "AuthorizationError" if self.version == "2.0" else "2024"


def looks_around(calls, clients, way):
    source, _ = clients.pair(way)
    with calls("get_account_properties"):
        account = typed(source.get_account_properties())
        same(account.custom_model_count, 67, "custom_model_count")
        true(account.custom_model_limit >= account.custom_model_count, "the limit lies below the count")
    with calls("list_custom_models"):
        pages = [[typed(model) for model in page] for page in source.list_custom_models().by_page()]
        same(len(pages), 3, "pages")
        same(len({model.model_id for page in pages for model in page}), 67, "models in all pages")
        for page, following in itertools.pairwise(pages):
            same(following[0].model_id, page[-1].model_id, "the first of a page, which is the last of the one before")
    with calls("get_custom_model, trained with labels"):
        model = typed(source.get_custom_model(LABELLED))
        same(model.status, "ready", "status")
        true(model.submodels[0].fields and model.submodels[0].accuracy > 0, "no fields or no accuracy")
        true(model.training_documents, "no training documents")
        if clients.version == "2.1":
            same((model.model_name, model.properties.is_composed_model), ("invoices", False), "name, composed")
    with calls("get_custom_model, trained without labels"):
        model = typed(source.get_custom_model(UNLABELLED))
        true(model.submodels[0].form_type.startswith("form-") and model.submodels[0].fields, "no cluster of fields")


def copies(calls, clients, way):
    source, target = clients.pair(way)
    with calls("get_copy_authorization"):
        grant = authorize(target, way)
        same(type(grant["expirationDateTimeTicks"]), int, "type of expirationDateTimeTicks")
        true(grant["modelId"] and grant["accessToken"], "modelId or accessToken is empty")
    with calls("get_custom_model, still creating"):
        same(typed(target.get_custom_model(grant["modelId"])).status, "creating", "status")
    with calls("list_custom_models, one of them creating"):
        listed = [typed(model) for model in target.list_custom_models()]
        true(any(model.model_id == grant["modelId"] and model.status == "creating" for model in listed), "not listed")
    with calls("begin_copy_model to its end"):
        info = typed(source.begin_copy_model(LABELLED, grant).result())
        same((info.model_id, info.status), (grant["modelId"], "ready"), "model and status")
        true(info.training_started_on <= info.training_completed_on, "completed before it was started")
    with calls("get_custom_model, copied"):
        original, copied = source.get_custom_model(LABELLED), typed(target.get_custom_model(grant["modelId"]))
        same(copied.status, "ready", "status")
        same(copied.training_started_on, original.training_started_on, "date")
        same(copied.model_name, original.model_name, "name")
        same(copied.submodels[0].fields.keys(), original.submodels[0].fields.keys(), "fields")
    with calls("begin_copy_model with a used authorization"):
        used = source.begin_copy_model(LABELLED, grant)
    with calls.refused("result of a copy with a used authorization", HttpResponseError, 200, clients.failure):
        used.result()
    with calls("delete_model"):
        target.delete_model(grant["modelId"])
    with calls.refused("get_custom_model, deleted", ResourceNotFoundError, 404, "1022"):
        target.get_custom_model(grant["modelId"])


def authorizes_twice(calls, clients, way):
    _, target = clients.pair(way)
    with calls("get_copy_authorization, two"):
        first, second = authorize(target, way), authorize(target, way)
        true(first["modelId"] != second["modelId"], "the same model twice")
    with calls("delete_model, still creating"):
        for grant in (first, second):
            target.delete_model(grant["modelId"])


def resumes(calls, clients, way):
    source, target = clients.pair(way)
    with calls("begin_copy_model, left alone"):
        grant = authorize(target, way)
        left = source.begin_copy_model(UNLABELLED, grant).continuation_token()
    with calls("begin_copy_model from a continuation token"):
        again, _ = clients.pair(way)
        info = again.begin_copy_model(UNLABELLED, None, continuation_token=left).result()
        same((typed(info).model_id, info.status), (grant["modelId"], "ready"), "model and status")


def copies_to_another_region(calls, clients, way):
    source, target = clients.pair(way)
    with calls("begin_copy_model with another region"):
        grant = authorize(target, way, region="westus")
        poller = source.begin_copy_model(LABELLED, grant)
    with calls.refused("result of a copy to another region", HttpResponseError, 200, clients.failure):
        poller.result()


def copies_nonsense(calls, clients, way):
    source, target = clients.pair(way)
    with calls("get_copy_authorization for nonsense"):
        grant = authorize(target, way)
    with calls.refused("begin_copy_model, resource id without form", HttpResponseError, 400, "1002"):
        source.begin_copy_model(LABELLED, grant | {"resourceId": "nowhere"})
    with calls.refused("begin_copy_model, region without form", HttpResponseError, 400, "1002"):
        source.begin_copy_model(LABELLED, grant | {"resourceRegion": "West US!"})
    with calls.refused("begin_copy_model, unknown source", HttpResponseError, 500, "1999"):
        source.begin_copy_model(UNKNOWN, grant, retry_total=0)
    with calls.refused("get_custom_model, unknown", ResourceNotFoundError, 404, "1022"):
        source.get_custom_model(UNKNOWN)
    with calls.refused("delete_model, unknown", ResourceNotFoundError, 404, "1022"):
        source.delete_model(UNKNOWN)


def waits_when_throttled(calls, clients, way):
    source, target = clients.pair(way)
    with calls("begin_copy_model after 429"):
        grant = authorize(target, way)
        with way.emulator.fault(way.source, "copy", "throttle", retryAfter=1):
            poller = source.begin_copy_model(LABELLED, grant)
        same(poller.result().status, "ready", "status")
    with calls.refused("begin_copy_model, 429 without another try", HttpResponseError, 429, "429"):
        with way.emulator.fault(way.source, "copy", "throttle", retryAfter=55):
            source.begin_copy_model(LABELLED, authorize(target, way), retry_total=0)


def follows(calls, clients, way):
    source, target = clients.pair(way)
    for fault in ("otherCaseLocation", "otherVersionLocation"):
        with calls(f"begin_copy_model, {fault}"):
            with way.emulator.fault(way.source, "copy", fault):
                poller = source.begin_copy_model(LABELLED, authorize(target, way))
            same(typed(poller.result()).status, "ready", "status")


def is_kept_out(calls, clients, way):
    stranger = clients.client(way, way.target, wrong=True)
    with calls.refused("get_account_properties, wrong credential", ClientAuthenticationError, 401):
        stranger.get_account_properties()
    if way.token:
        with calls.refused("get_account_properties, regional endpoint", HttpResponseError, 400, "BadRequest"):
            clients.client(way, way.regional).get_account_properties()
    with calls.refused("get_copy_authorization, wrong credential", ClientAuthenticationError, 401):
        authorize(stranger, way)


def authorize(client, way, region=None):
    return client.get_copy_authorization(way.target.arm_id, region or way.target.region)


SCENARIOS = [
    looks_around,
    copies,
    authorizes_twice,
    resumes,
    copies_to_another_region,
    copies_nonsense,
    waits_when_throttled,
    follows,
    is_kept_out,
]
