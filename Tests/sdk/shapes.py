"""Holds what an SDK has read against the types that the same SDK declares.

The SDKs read leniently: what is missing becomes None, an unknown word stays a word. So an answer that lacks a required
member, or has a status that no version knows, would go unnoticed.
"""

import datetime
import enum
import inspect
import types
import typing

from azure.ai.documentintelligence import models as documents
from azure.ai.formrecognizer import CustomFormModelStatus, ModelBuildMode, TrainingStatus
from azure.ai.formrecognizer._generated.v2023_07_31 import models as form_v3
from azure.cognitiveservices.vision.customvision.training import models as vision

# Words that an SDK declares as plain text and names only in its documentation.
WORDS = {
    ("CustomFormModelInfo", "status"): CustomFormModelStatus,
    ("CustomFormModel", "status"): CustomFormModelStatus,
    ("TrainingDocumentInfo", "status"): TrainingStatus,
    ("DocumentTypeDetails", "build_mode"): ModelBuildMode,
    ("OperationSummary", "status"): form_v3.OperationStatus,
    ("OperationSummary", "kind"): form_v3.OperationKind,
    ("OperationDetails", "status"): form_v3.OperationStatus,
    ("OperationDetails", "kind"): form_v3.OperationKind,
    ("DocumentIntelligenceOperationDetails", "kind"): documents.OperationKind,
    ("Project", "status"): vision.ProjectStatus,
    ("ProjectSettings", "classification_type"): vision.Classifier,
    ("Tag", "type"): vision.TagType,
    ("Iteration", "classification_type"): vision.Classifier,
    ("Iteration", "training_type"): vision.TrainingType,
}

# What the service leaves out although it is not declared optional: members of Form Recognizer v2 by version and
# training, and a tag's description (recording `cv-v3.4-preview_export-import_success_net`).
MAY_LACK = {
    "CustomFormModelInfo": {"model_name", "properties"},
    "CustomFormModel": {"model_name", "properties", "submodels", "errors", "training_documents"},
    "CustomFormSubmodel": {"model_id", "accuracy", "form_type", "fields"},
    "CustomFormModelField": {"label", "accuracy"},
    "TrainingDocumentInfo": {"model_id", "errors"},
    "Tag": {"description"},
}

MSREST = {"str": str, "int": int, "float": float, "bool": bool, "iso-8601": datetime.datetime, "object": object}


def typed(thing, hint=None, path=None):
    """Fails where `thing`, or anything in it, is not of the type that its SDK declares; returns it."""
    if hint is None:
        hint, path = type(thing), type(thing).__name__
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if hint is typing.Any or hint is object:
        pass
    elif origin in (typing.Union, types.UnionType):
        _either(thing, options, path)
    elif origin is not None and str(origin).endswith("Literal"):
        _must(thing in options, path, thing, hint)
    elif origin is list:
        _must(isinstance(thing, list), path, thing, hint)
        for number, item in enumerate(thing):
            typed(item, options[0], f"{path}[{number}]")
    elif origin is not None:
        _must(hasattr(thing, "items"), path, thing, hint)
        for key, item in thing.items():
            typed(item, options[1], f"{path}[{key}]")
    elif inspect.isclass(hint) and issubclass(hint, enum.Enum):
        _must(any(thing == word.value for word in hint), path, thing, hint)
    elif hasattr(hint, "_attribute_map"):
        _generated(thing, hint, path)
    elif hint.__module__.startswith("azure."):
        _annotated(thing, hint, path)
    else:
        _must(isinstance(thing, (int, float) if hint is float else hint), path, thing, hint)
        if isinstance(thing, datetime.datetime):
            _must(2015 < thing.year < 2100, path, thing, "a date of our time")
    return thing


def _either(thing, options, path):
    if thing is None and type(None) in options:
        return
    words = [option for option in options if inspect.isclass(option) and issubclass(option, enum.Enum)]
    options = words or [option for option in options if option is not type(None)]
    errors = []
    for option in options:
        try:
            return typed(thing, option, path)
        except AssertionError as error:
            errors.append(error)
    raise errors[0]


def _annotated(thing, hint, path):
    """A class with annotations: what its author wrote by hand, or a model of Document Intelligence."""
    _must(isinstance(thing, hint), path, thing, hint)
    hints = typing.get_type_hints(type(thing), localns={"_models": documents})
    may_lack = MAY_LACK.get(type(thing).__name__, ())
    members = getattr(thing, "_attr_to_rest_field", {})
    for name, declared in hints.items():
        value = getattr(thing, name, None)
        if name.startswith("_") or (value is None and name in may_lack):
            continue
        typed(value, declared, f"{path}.{name}")
        if name in members and not isinstance(value, datetime.datetime):
            # This SDK makes a number of "1", and a text of 1.
            sent = thing.get(members[name]._rest_name)
            _must(value == sent, f"{path}.{name}", sent, f"of the type of {value!r}")
        if (type(thing).__name__, name) in WORDS and value is not None:
            typed(value, WORDS[type(thing).__name__, name], f"{path}.{name}")


def _generated(thing, hint, path):
    """A model of msrest: a table of attributes, and another of those that are required."""
    _must(isinstance(thing, hint), path, thing, hint)
    for name, attribute in hint._attribute_map.items():
        value = getattr(thing, name)
        if value is None:
            required = hint._validation.get(name, {}).get("required") and name not in MAY_LACK.get(hint.__name__, ())
            _must(not required, f"{path}.{name}", value, "required")
            continue
        typed(value, _msrest(attribute["type"], hint), f"{path}.{name}")
        if (hint.__name__, name) in WORDS:
            typed(value, WORDS[hint.__name__, name], f"{path}.{name}")


def _msrest(text, owner):
    """`[Tag]`, `{bool}`, `iso-8601` as a type."""
    if text[0] == "[":
        return list[_msrest(text[1:-1], owner)]
    if text[0] == "{":
        return dict[str, _msrest(text[1:-1], owner)]
    return MSREST.get(text) or getattr(inspect.getmodule(owner), text)


def _must(condition, path, thing, hint):
    if not condition:
        raise AssertionError(f"{path} is {thing!r}, not {hint}")
