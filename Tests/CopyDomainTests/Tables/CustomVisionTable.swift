/// Every state of a Custom Vision project copy x every event: what it is answered with, and the state afterwards.
let customVisionTable = """
    requested
        begun -> ask source | inspecting (source)
        resumed -> ask source | inspecting (source)
        elapsed -> ask source | inspecting (source)
        reserved -> ask source | inspecting (source)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> wait 1 s | requested
        refused 404 -> wait 1 s | requested
        refused 2xx -> wait 1 s | requested
        not done -> wait 1 s | requested
        not done, impossible wait -> wait 86401 s | requested
        unknown -> wait 1 s | requested
    inspecting by id
        begun -> ask source | inspecting (source)
        resumed -> ask source | inspecting (source)
        elapsed -> ask source | inspecting (source)
        reserved -> ask source | inspecting (source)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | inspecting (source)
        not done, impossible wait -> wait 86401 s | inspecting (source)
        unknown -> wait 1 s | inspecting (source)
        no project -> finish source_not_found | ended
        importing -> finish source_not_ready | ended
        succeeded -> ask projects | inspecting (target)
        failed -> finish source_not_ready | ended
        unknown project status -> ask projects | inspecting (target)
        named otherwise -> ask projects | inspecting (target)
    inspecting by name
        begun -> ask sources | inspecting (source)
        resumed -> ask sources | inspecting (source)
        elapsed -> ask sources | inspecting (source)
        reserved -> ask sources | inspecting (source)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | inspecting (source)
        not done, impossible wait -> wait 86401 s | inspecting (source)
        unknown -> wait 1 s | inspecting (source)
        no projects -> finish source_not_found | ended
        strangers -> finish source_not_found | ended
        of attempt 1 -> finish source_not_found | ended
        namesakes -> finish source_ambiguous | ended
    inspecting the target
        begun -> ask projects | inspecting (target)
        resumed -> ask projects | inspecting (target)
        elapsed -> ask projects | inspecting (target)
        reserved -> ask projects | inspecting (target)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> reserve | reserving
        refused 404 -> reserve | reserving
        refused 2xx -> reserve | reserving
        not done -> wait 1 s | inspecting (target)
        not done, impossible wait -> reserve | reserving
        unknown -> wait 1 s | inspecting (target)
        no projects -> reserve | reserving
        strangers -> reserve | reserving
        of attempt 1 -> reserve | reserving
        namesakes -> reserve | reserving
        100 projects -> finish target_limit_reached | ended
    inspecting the target, check
        begun -> ask projects | inspecting (target)
        resumed -> ask projects | inspecting (target)
        elapsed -> ask projects | inspecting (target)
        reserved -> ask projects | inspecting (target)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> ask measure source-1 in source | inspecting (content)
        refused 404 -> ask measure source-1 in source | inspecting (content)
        refused 2xx -> ask measure source-1 in source | inspecting (content)
        not done -> wait 1 s | inspecting (target)
        not done, impossible wait -> ask measure source-1 in source | inspecting (content)
        unknown -> wait 1 s | inspecting (target)
        no projects -> ask measure source-1 in source | inspecting (content)
        strangers -> ask measure source-1 in source | inspecting (content)
        of attempt 1 -> ask measure source-1 in source | inspecting (content)
        namesakes -> ask measure source-1 in source | inspecting (content)
        100 projects -> ask measure source-1 in source | inspecting (content)
    inspecting the target, check with a problem
        begun -> ask projects | inspecting (target)
        resumed -> ask projects | inspecting (target)
        elapsed -> ask projects | inspecting (target)
        reserved -> ask projects | inspecting (target)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish checked, source_not_found | ended
        refused 404 -> finish checked, source_not_found | ended
        refused 2xx -> finish checked, source_not_found | ended
        not done -> wait 1 s | inspecting (target)
        not done, impossible wait -> finish checked, source_not_found | ended
        unknown -> wait 1 s | inspecting (target)
        no projects -> finish checked, source_not_found | ended
        strangers -> finish checked, source_not_found | ended
        of attempt 1 -> finish checked, source_not_found | ended
        namesakes -> finish checked, source_not_found | ended
        100 projects -> finish checked, source_not_found, target_limit_reached | ended
    inspecting the content, check
        begun -> ask measure source-1 in source | inspecting (content)
        resumed -> ask measure source-1 in source | inspecting (content)
        elapsed -> ask measure source-1 in source | inspecting (content)
        reserved -> ask measure source-1 in source | inspecting (content)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish checked | ended
        refused 404 -> finish checked | ended
        refused 2xx -> finish checked | ended
        not done -> wait 1 s | inspecting (content)
        not done, impossible wait -> finish checked | ended
        unknown -> wait 1 s | inspecting (content)
        whole -> finish checked | ended
        partial -> finish checked | ended
        whole, published -> finish checked | ended
    reserving
        begun -> reserve | reserving
        resumed -> reserve | reserving
        elapsed -> reserve | reserving
        reserved -> ask measure source-1 in source | measuring
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> wait 1 s | reserving
        refused 404 -> wait 1 s | reserving
        refused 2xx -> wait 1 s | reserving
        not done -> wait 1 s | reserving
        not done, impossible wait -> wait 86401 s | reserving
        unknown -> wait 1 s | reserving
    measuring
        begun -> ask measure source-1 in source | measuring
        resumed -> ask measure source-1 in source | measuring
        elapsed -> ask measure source-1 in source | measuring
        reserved -> ask measure source-1 in source | measuring
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> ask export | exporting
        refused 404 -> ask export | exporting
        refused 2xx -> ask export | exporting
        not done -> wait 1 s | measuring
        not done, impossible wait -> ask export | exporting
        unknown -> wait 1 s | measuring
        whole -> ask export | exporting
        partial -> ask export | exporting
        whole, published -> ask export | exporting
    measuring, too often
        begun -> ask measure source-1 in source | measuring
        resumed -> ask measure source-1 in source | measuring
        elapsed -> ask measure source-1 in source | measuring
        reserved -> ask measure source-1 in source | measuring
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> ask export | exporting
        refused 404 -> ask export | exporting
        refused 2xx -> ask export | exporting
        not done -> ask export | exporting
        not done, impossible wait -> ask export | exporting
        unknown -> ask export | exporting
        whole -> ask export | exporting
        partial -> ask export | exporting
        whole, published -> ask export | exporting
    exporting
        begun -> ask export | exporting
        resumed -> ask export | exporting
        elapsed -> ask export | exporting
        reserved -> ask export | exporting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | exporting
        not done, impossible wait -> wait 86401 s | exporting
        unknown -> wait 1 s | exporting
        exported -> perform import 1 | importing
        exported, expired -> perform import 1 | importing
        exported, no end -> perform import 1 | importing
    exported
        begun -> perform import 1 | importing
        resumed -> perform import 1 | importing
        elapsed -> perform import 1 | importing
        reserved -> perform import 1 | importing
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> wait 2 s | exported
        refused 404 -> wait 2 s | exported
        refused 2xx -> wait 2 s | exported
        not done -> wait 2 s | exported
        not done, impossible wait -> wait 86402 s | exported
        unknown -> wait 2 s | exported
    exported, expired
        begun -> wait 2 s | measuring
        resumed -> wait 2 s | measuring
        elapsed -> wait 2 s | measuring
        reserved -> wait 2 s | measuring
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> wait 2 s | exported
        refused 404 -> wait 2 s | exported
        refused 2xx -> wait 2 s | exported
        not done -> wait 2 s | exported
        not done, impossible wait -> wait 86402 s | exported
        unknown -> wait 2 s | exported
    measuring again
        begun -> ask measure source-1 in source | measuring
        resumed -> ask measure source-1 in source | measuring
        elapsed -> ask measure source-1 in source | measuring
        reserved -> ask measure source-1 in source | measuring
        deadline -> ask projects | sweeping (ending)
        cancel -> ask projects | sweeping (ending)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> ask export | exporting
        refused 404 -> ask export | exporting
        refused 2xx -> ask export | exporting
        not done -> wait 1 s | measuring
        not done, impossible wait -> ask export | exporting
        unknown -> wait 1 s | measuring
        whole -> ask export | exporting
        partial -> ask export | exporting
        whole, published -> ask export | exporting
    exporting again
        begun -> ask export | exporting
        resumed -> ask export | exporting
        elapsed -> ask export | exporting
        reserved -> ask export | exporting
        deadline -> ask projects | sweeping (ending)
        cancel -> ask projects | sweeping (ending)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> ask projects | sweeping (ending)
        refused 404 -> ask projects | sweeping (ending)
        refused 2xx -> ask projects | sweeping (ending)
        not done -> wait 1 s | exporting
        not done, impossible wait -> wait 86401 s | exporting
        unknown -> wait 1 s | exporting
        exported -> perform import 2 | importing
        exported, expired -> perform import 2 | importing
        exported, no end -> perform import 2 | importing
    exported again
        begun -> perform import 2 | importing
        resumed -> perform import 2 | importing
        elapsed -> perform import 2 | importing
        reserved -> perform import 2 | importing
        deadline -> ask projects | sweeping (ending)
        cancel -> ask projects | sweeping (ending)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | exported
        refused 404 -> wait 2 s | exported
        refused 2xx -> wait 2 s | exported
        not done -> wait 2 s | exported
        not done, impossible wait -> wait 86402 s | exported
        unknown -> wait 2 s | exported
    importing
        begun -> poll projects | searching
        resumed -> poll projects | searching
        elapsed -> poll projects | searching
        reserved -> poll projects | searching
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> poll projects | searching
        not done -> wait 1 s | exported
        not done, impossible wait -> wait 86401 s | exported
        unknown -> poll projects | searching
        imported -> poll project project-9 | copying
    importing again
        begun -> poll projects | searching
        resumed -> poll projects | searching
        elapsed -> poll projects | searching
        reserved -> poll projects | searching
        deadline -> ask projects | sweeping (ending)
        cancel -> ask projects | sweeping (ending)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> ask projects | sweeping (ending)
        refused 404 -> ask projects | sweeping (ending)
        refused 2xx -> poll projects | searching
        not done -> wait 1 s | exported
        not done, impossible wait -> wait 86401 s | exported
        unknown -> poll projects | searching
        imported -> poll project project-9 | copying
    searching
        begun -> poll projects | searching
        resumed -> poll projects | searching
        elapsed -> poll projects | searching
        reserved -> poll projects | searching
        deadline -> poll projects | searching
        cancel -> poll projects | searching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | searching
        refused 404 -> wait 1 s | searching
        refused 2xx -> wait 1 s | searching
        not done -> wait 1 s | searching
        not done, impossible wait -> wait 86401 s | searching
        unknown -> wait 1 s | searching
        no projects -> poll projects | searching
        strangers -> poll projects | searching
        of attempt 1 -> poll project late | copying
        namesakes -> poll projects | searching
    searching, long
        begun -> poll projects | searching
        resumed -> poll projects | searching
        elapsed -> poll projects | searching
        reserved -> poll projects | searching
        deadline -> poll projects | searching
        cancel -> poll projects | searching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | searching
        refused 404 -> wait 1 s | searching
        refused 2xx -> wait 1 s | searching
        not done -> wait 1 s | searching
        not done, impossible wait -> wait 86401 s | searching
        unknown -> wait 1 s | searching
        no projects -> perform import 2 | importing
        strangers -> perform import 2 | importing
        of attempt 1 -> poll project late | copying
        namesakes -> perform import 2 | importing
    searching, token expired
        begun -> poll projects | searching
        resumed -> poll projects | searching
        elapsed -> poll projects | searching
        reserved -> poll projects | searching
        deadline -> poll projects | searching
        cancel -> poll projects | searching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | searching
        refused 404 -> wait 1 s | searching
        refused 2xx -> wait 1 s | searching
        not done -> wait 1 s | searching
        not done, impossible wait -> wait 86401 s | searching
        unknown -> wait 1 s | searching
        no projects -> wait 2 s | measuring
        strangers -> wait 2 s | measuring
        of attempt 1 -> poll project late | copying
        namesakes -> wait 2 s | measuring
    searching, stopped
        begun -> poll projects | searching
        resumed -> poll projects | searching
        elapsed -> poll projects | searching
        reserved -> poll projects | searching
        deadline -> poll projects | searching
        cancel -> poll projects | searching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | searching
        refused 404 -> wait 1 s | searching
        refused 2xx -> wait 1 s | searching
        not done -> wait 1 s | searching
        not done, impossible wait -> wait 599 s | searching
        unknown -> wait 1 s | searching
        no projects -> poll projects | searching
        strangers -> poll projects | searching
        of attempt 1 -> poll project late | copying
        namesakes -> poll projects | searching
    searching, grace over
        begun -> poll projects | searching
        resumed -> poll projects | searching
        elapsed -> finish cancelled, 1 left | ended
        reserved -> finish cancelled, 1 left | ended
        deadline -> poll projects | searching
        cancel -> poll projects | searching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish cancelled, 1 left | ended
        refused 404 -> finish cancelled, 1 left | ended
        refused 2xx -> finish cancelled, 1 left | ended
        not done -> finish cancelled, 1 left | ended
        not done, impossible wait -> finish cancelled, 1 left | ended
        unknown -> finish cancelled, 1 left | ended
        no projects -> ask projects | sweeping (ending)
        strangers -> ask projects | sweeping (ending)
        of attempt 1 -> finish cancelled, 2 left | ended
        namesakes -> ask projects | sweeping (ending)
    copying
        begun -> poll project project-1 | copying
        resumed -> poll project project-1 | copying
        elapsed -> poll project project-1 | copying
        reserved -> poll project project-1 | copying
        deadline -> poll project project-1 | copying
        cancel -> poll project project-1 | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | copying
        refused 404 -> wait 1 s | copying
        refused 2xx -> wait 1 s | copying
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> poll project project-1 | copying
        importing -> poll project project-1 | copying
        succeeded -> ask measure project-1 in target | verifying
        failed -> ask measure project-1 in target | weighing
        unknown project status -> poll project project-1 | copying
        named otherwise -> ask measure project-1 in target | verifying
    copying again
        begun -> poll project project-2 | copying
        resumed -> poll project project-2 | copying
        elapsed -> poll project project-2 | copying
        reserved -> poll project project-2 | copying
        deadline -> poll project project-2 | copying
        cancel -> poll project project-2 | copying
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> wait 1 s | copying
        refused 404 -> wait 1 s | copying
        refused 2xx -> wait 1 s | copying
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> poll project project-2 | copying
        importing -> poll project project-2 | copying
        succeeded -> ask measure project-2 in target | verifying
        failed -> ask measure project-2 in target | weighing
        unknown project status -> poll project project-2 | copying
        named otherwise -> ask measure project-2 in target | verifying
    copying again, late
        begun -> poll project project-2 | copying
        resumed -> poll project project-2 | copying
        elapsed -> poll project project-2 | copying
        reserved -> poll project project-2 | copying
        deadline -> poll project project-2 | copying
        cancel -> poll project project-2 | copying
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> wait 1 s | copying
        refused 404 -> wait 1 s | copying
        refused 2xx -> wait 1 s | copying
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> ask projects | sweeping (ending)
        importing -> poll project project-2 | copying
        succeeded -> ask measure project-2 in target | verifying
        failed -> ask measure project-2 in target | weighing
        unknown project status -> poll project project-2 | copying
        named otherwise -> ask measure project-2 in target | verifying
    copying, too long
        begun -> poll project project-1 | copying
        resumed -> poll project project-1 | copying
        elapsed -> poll project project-1 | copying
        reserved -> poll project project-1 | copying
        deadline -> poll project project-1 | copying
        cancel -> poll project project-1 | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | copying
        refused 404 -> wait 1 s | copying
        refused 2xx -> wait 1 s | copying
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> finish target_vanished | ended
        importing -> ask measure project-1 in target | weighing
        succeeded -> ask measure project-1 in target | verifying
        failed -> ask measure project-1 in target | weighing
        unknown project status -> ask measure project-1 in target | weighing
        named otherwise -> ask measure project-1 in target | verifying
    copying, stopped
        begun -> poll project project-1 | copying
        resumed -> poll project project-1 | copying
        elapsed -> poll project project-1 | copying
        reserved -> poll project project-1 | copying
        deadline -> poll project project-1 | copying
        cancel -> poll project project-1 | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | copying
        refused 404 -> wait 1 s | copying
        refused 2xx -> wait 1 s | copying
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 599 s | copying
        unknown -> wait 1 s | copying
        no project -> poll project project-1 | copying
        importing -> poll project project-1 | copying
        succeeded -> perform delete project-1 | cleaning (deleting)
        failed -> perform delete project-1 | cleaning (deleting)
        unknown project status -> poll project project-1 | copying
        named otherwise -> perform delete project-1 | cleaning (deleting)
    copying, grace over
        begun -> poll project project-1 | copying
        resumed -> poll project project-1 | copying
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> poll project project-1 | copying
        cancel -> poll project project-1 | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        no project -> finish deadline_exceeded | ended
        importing -> finish deadline_exceeded, 1 left | ended
        succeeded -> perform delete project-1 | cleaning (deleting)
        failed -> perform delete project-1 | cleaning (deleting)
        unknown project status -> finish deadline_exceeded, 1 left | ended
        named otherwise -> perform delete project-1 | cleaning (deleting)
    copying, not to be verified
        begun -> poll project project-1 | copying
        resumed -> poll project project-1 | copying
        elapsed -> poll project project-1 | copying
        reserved -> poll project project-1 | copying
        deadline -> poll project project-1 | copying
        cancel -> poll project project-1 | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | copying
        refused 404 -> wait 1 s | copying
        refused 2xx -> wait 1 s | copying
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> poll project project-1 | copying
        importing -> poll project project-1 | copying
        succeeded -> perform rename project-1 | renaming
        failed -> ask measure project-1 in target | weighing
        unknown project status -> poll project project-1 | copying
        named otherwise -> perform rename project-1 | renaming
    weighing
        begun -> ask measure project-1 in target | weighing
        resumed -> ask measure project-1 in target | weighing
        elapsed -> ask measure project-1 in target | weighing
        reserved -> ask measure project-1 in target | weighing
        deadline -> perform delete project-1 | cleaning (deleting)
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform delete project-1 | cleaning (deleting)
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> perform delete project-1 | cleaning (deleting)
        not done -> wait 1 s | weighing
        not done, impossible wait -> perform delete project-1 | cleaning (deleting)
        unknown -> wait 1 s | weighing
        whole -> perform delete project-1 | cleaning (deleting)
        partial -> perform delete project-1 | cleaning (deleting)
        whole, published -> perform delete project-1 | cleaning (deleting)
    weighing, too often
        begun -> ask measure project-1 in target | weighing
        resumed -> ask measure project-1 in target | weighing
        elapsed -> ask measure project-1 in target | weighing
        reserved -> ask measure project-1 in target | weighing
        deadline -> perform delete project-1 | cleaning (deleting)
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform delete project-1 | cleaning (deleting)
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> perform delete project-1 | cleaning (deleting)
        not done -> perform delete project-1 | cleaning (deleting)
        not done, impossible wait -> perform delete project-1 | cleaning (deleting)
        unknown -> perform delete project-1 | cleaning (deleting)
        whole -> perform delete project-1 | cleaning (deleting)
        partial -> perform delete project-1 | cleaning (deleting)
        whole, published -> perform delete project-1 | cleaning (deleting)
    verifying
        begun -> ask measure project-1 in target | verifying
        resumed -> ask measure project-1 in target | verifying
        elapsed -> ask measure project-1 in target | verifying
        reserved -> ask measure project-1 in target | verifying
        deadline -> ask measure project-1 in target | verifying
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform rename project-1 | renaming
        refused 404 -> perform rename project-1 | renaming
        refused 2xx -> perform rename project-1 | renaming
        not done -> wait 1 s | verifying
        not done, impossible wait -> perform rename project-1 | renaming
        unknown -> wait 1 s | verifying
        whole -> perform rename project-1 | renaming
        partial -> ask measure source-1 in source | verifying (again)
        whole, published -> perform rename project-1 | renaming
    verifying, too often
        begun -> ask measure project-1 in target | verifying
        resumed -> ask measure project-1 in target | verifying
        elapsed -> ask measure project-1 in target | verifying
        reserved -> ask measure project-1 in target | verifying
        deadline -> ask measure project-1 in target | verifying
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform rename project-1 | renaming
        refused 404 -> perform rename project-1 | renaming
        refused 2xx -> perform rename project-1 | renaming
        not done -> perform rename project-1 | renaming
        not done, impossible wait -> perform rename project-1 | renaming
        unknown -> perform rename project-1 | renaming
        whole -> perform rename project-1 | renaming
        partial -> ask measure source-1 in source | verifying (again)
        whole, published -> perform rename project-1 | renaming
    verifying, past the deadline
        begun -> ask measure project-1 in target | verifying
        resumed -> ask measure project-1 in target | verifying
        elapsed -> ask measure project-1 in target | verifying
        reserved -> ask measure project-1 in target | verifying
        deadline -> ask measure project-1 in target | verifying
        cancel -> ask measure project-1 in target | verifying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform rename project-1 | renaming
        refused 404 -> perform rename project-1 | renaming
        refused 2xx -> perform rename project-1 | renaming
        not done -> wait 1 s | verifying
        not done, impossible wait -> perform rename project-1 | renaming
        unknown -> wait 1 s | verifying
        whole -> perform rename project-1 | renaming
        partial -> ask measure source-1 in source | verifying (again)
        whole, published -> perform rename project-1 | renaming
    verifying, grace over
        begun -> ask measure project-1 in target | verifying
        resumed -> ask measure project-1 in target | verifying
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> ask measure project-1 in target | verifying
        cancel -> ask measure project-1 in target | verifying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        whole -> finish deadline_exceeded, 1 left | ended
        partial -> finish deadline_exceeded, 1 left | ended
        whole, published -> finish deadline_exceeded, 1 left | ended
    verifying what differs
        begun -> ask measure source-1 in source | verifying (again)
        resumed -> ask measure source-1 in source | verifying (again)
        elapsed -> ask measure source-1 in source | verifying (again)
        reserved -> ask measure source-1 in source | verifying (again)
        deadline -> ask measure source-1 in source | verifying (again)
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform rename project-1 | renaming
        refused 404 -> perform rename project-1 | renaming
        refused 2xx -> perform rename project-1 | renaming
        not done -> wait 1 s | verifying (again)
        not done, impossible wait -> perform rename project-1 | renaming
        unknown -> wait 1 s | verifying (again)
        whole -> wait 5 s | verifying
        partial -> perform rename project-1 | renaming
        whole, published -> wait 5 s | verifying
    verifying what differs for long
        begun -> ask measure source-1 in source | verifying (again)
        resumed -> ask measure source-1 in source | verifying (again)
        elapsed -> ask measure source-1 in source | verifying (again)
        reserved -> ask measure source-1 in source | verifying (again)
        deadline -> ask measure source-1 in source | verifying (again)
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform rename project-1 | renaming
        refused 404 -> perform rename project-1 | renaming
        refused 2xx -> perform rename project-1 | renaming
        not done -> wait 1 s | verifying (again)
        not done, impossible wait -> perform rename project-1 | renaming
        unknown -> wait 1 s | verifying (again)
        whole -> perform delete project-1 | cleaning (deleting)
        partial -> perform rename project-1 | renaming
        whole, published -> perform delete project-1 | cleaning (deleting)
    verifying after a lost import
        begun -> ask measure project-2 in target | verifying
        resumed -> ask measure project-2 in target | verifying
        elapsed -> ask measure project-2 in target | verifying
        reserved -> ask measure project-2 in target | verifying
        deadline -> ask measure project-2 in target | verifying
        cancel -> perform delete project-2 | cleaning (deleting)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> ask projects | sweeping (keeping)
        refused 404 -> ask projects | sweeping (keeping)
        refused 2xx -> ask projects | sweeping (keeping)
        not done -> wait 1 s | verifying
        not done, impossible wait -> ask projects | sweeping (keeping)
        unknown -> wait 1 s | verifying
        whole -> ask projects | sweeping (keeping)
        partial -> ask measure source-1 in source | verifying (again)
        whole, published -> ask projects | sweeping (keeping)
    sweeping before renaming
        begun -> ask projects | sweeping (keeping)
        resumed -> ask projects | sweeping (keeping)
        elapsed -> ask projects | sweeping (keeping)
        reserved -> ask projects | sweeping (keeping)
        deadline -> ask projects | sweeping (keeping)
        cancel -> perform delete project-2 | cleaning (deleting)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> wait 1 s | sweeping (keeping)
        refused 404 -> wait 1 s | sweeping (keeping)
        refused 2xx -> wait 1 s | sweeping (keeping)
        not done -> wait 1 s | sweeping (keeping)
        not done, impossible wait -> wait 86401 s | sweeping (keeping)
        unknown -> wait 1 s | sweeping (keeping)
        no projects -> perform rename project-2 | renaming
        strangers -> perform rename project-2 | renaming
        of attempt 1 -> perform delete late | cleaning (deleting)
        namesakes -> perform rename project-2 | renaming
    sweeping before renaming, past the deadline
        begun -> ask projects | sweeping (keeping)
        resumed -> ask projects | sweeping (keeping)
        elapsed -> ask projects | sweeping (keeping)
        reserved -> ask projects | sweeping (keeping)
        deadline -> ask projects | sweeping (keeping)
        cancel -> ask projects | sweeping (keeping)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> wait 1 s | sweeping (keeping)
        refused 404 -> wait 1 s | sweeping (keeping)
        refused 2xx -> wait 1 s | sweeping (keeping)
        not done -> wait 1 s | sweeping (keeping)
        not done, impossible wait -> wait 599 s | sweeping (keeping)
        unknown -> wait 1 s | sweeping (keeping)
        no projects -> perform rename project-2 | renaming
        strangers -> perform rename project-2 | renaming
        of attempt 1 -> perform delete late | cleaning (deleting)
        namesakes -> perform rename project-2 | renaming
    sweeping before the end
        begun -> ask projects | sweeping (ending)
        resumed -> ask projects | sweeping (ending)
        elapsed -> ask projects | sweeping (ending)
        reserved -> ask projects | sweeping (ending)
        deadline -> ask projects | sweeping (ending)
        cancel -> ask projects | sweeping (ending)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish target_limit_reached, 1 left | ended
        refused 404 -> finish target_limit_reached, 1 left | ended
        refused 2xx -> finish target_limit_reached, 1 left | ended
        not done -> wait 1 s | sweeping (ending)
        not done, impossible wait -> wait 599 s | sweeping (ending)
        unknown -> wait 1 s | sweeping (ending)
        no projects -> finish target_limit_reached | ended
        strangers -> finish target_limit_reached | ended
        of attempt 1 -> perform delete late | cleaning (deleting)
        namesakes -> finish target_limit_reached | ended
    renamable
        begun -> perform rename project-1 | renaming
        resumed -> perform rename project-1 | renaming
        elapsed -> perform rename project-1 | renaming
        reserved -> perform rename project-1 | renaming
        deadline -> perform rename project-1 | renaming
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | renamable
        refused 404 -> wait 2 s | renamable
        refused 2xx -> wait 2 s | renamable
        not done -> wait 2 s | renamable
        not done, impossible wait -> wait 86402 s | renamable
        unknown -> wait 2 s | renamable
    renamable, grace over
        begun -> perform rename project-1 | renaming
        resumed -> perform rename project-1 | renaming
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> perform rename project-1 | renaming
        cancel -> perform rename project-1 | renaming
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
    renaming
        begun -> ask project project-1 | comparing
        resumed -> ask project project-1 | comparing
        elapsed -> ask project project-1 | comparing
        reserved -> ask project project-1 | comparing
        deadline -> perform rename project-1 | renaming
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | renamable
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> ask project project-1 | comparing
        not done -> wait 1 s | renamable
        not done, impossible wait -> wait 86401 s | renamable
        unknown -> ask project project-1 | comparing
        renamed -> finish succeeded | ended
    comparing
        begun -> ask project project-1 | comparing
        resumed -> ask project project-1 | comparing
        elapsed -> ask project project-1 | comparing
        reserved -> ask project project-1 | comparing
        deadline -> ask project project-1 | comparing
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | comparing
        refused 404 -> wait 1 s | comparing
        refused 2xx -> wait 1 s | comparing
        not done -> wait 1 s | comparing
        not done, impossible wait -> wait 86401 s | comparing
        unknown -> wait 1 s | comparing
        no project -> wait 1 s | comparing
        importing -> wait 1 s | renamable
        succeeded -> wait 1 s | renamable
        failed -> wait 1 s | renamable
        unknown project status -> wait 1 s | renamable
        named otherwise -> finish succeeded | ended
    comparing after a lost import
        begun -> ask project project-2 | comparing
        resumed -> ask project project-2 | comparing
        elapsed -> ask project project-2 | comparing
        reserved -> ask project project-2 | comparing
        deadline -> ask project project-2 | comparing
        cancel -> perform delete project-2 | cleaning (deleting)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> wait 1 s | comparing
        refused 404 -> wait 1 s | comparing
        refused 2xx -> wait 1 s | comparing
        not done -> wait 1 s | comparing
        not done, impossible wait -> wait 86401 s | comparing
        unknown -> wait 1 s | comparing
        no project -> wait 1 s | comparing
        importing -> finish succeeded | ended
        succeeded -> finish succeeded | ended
        failed -> finish succeeded | ended
        unknown project status -> finish succeeded | ended
        named otherwise -> finish succeeded | ended
    comparing after a lost import, not shown too often
        begun -> ask project project-2 | comparing
        resumed -> ask project project-2 | comparing
        elapsed -> ask project project-2 | comparing
        reserved -> ask project project-2 | comparing
        deadline -> ask project project-2 | comparing
        cancel -> perform delete project-2 | cleaning (deleting)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> wait 30 s | comparing
        refused 404 -> wait 30 s | comparing
        refused 2xx -> wait 30 s | comparing
        not done -> wait 30 s | comparing
        not done, impossible wait -> wait 86430 s | comparing
        unknown -> wait 30 s | comparing
        no project -> ask projects | sweeping (ending)
        importing -> finish succeeded | ended
        succeeded -> finish succeeded | ended
        failed -> finish succeeded | ended
        unknown project status -> finish succeeded | ended
        named otherwise -> finish succeeded | ended
    comparing, grace over
        begun -> ask project project-1 | comparing
        resumed -> ask project project-1 | comparing
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> ask project project-1 | comparing
        cancel -> ask project project-1 | comparing
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        no project -> finish deadline_exceeded, 1 left | ended
        importing -> finish deadline_exceeded, 1 left | ended
        succeeded -> finish deadline_exceeded, 1 left | ended
        failed -> finish deadline_exceeded, 1 left | ended
        unknown project status -> finish deadline_exceeded, 1 left | ended
        named otherwise -> finish succeeded | ended
    sweeping before renaming, grace over
        begun -> ask projects | sweeping (keeping)
        resumed -> ask projects | sweeping (keeping)
        elapsed -> finish deadline_exceeded, 2 left | ended
        reserved -> finish deadline_exceeded, 2 left | ended
        deadline -> ask projects | sweeping (keeping)
        cancel -> ask projects | sweeping (keeping)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> finish deadline_exceeded, 2 left | ended
        refused 404 -> finish deadline_exceeded, 2 left | ended
        refused 2xx -> finish deadline_exceeded, 2 left | ended
        not done -> finish deadline_exceeded, 2 left | ended
        not done, impossible wait -> finish deadline_exceeded, 2 left | ended
        unknown -> finish deadline_exceeded, 2 left | ended
        no projects -> finish deadline_exceeded, 2 left | ended
        strangers -> finish deadline_exceeded, 2 left | ended
        of attempt 1 -> perform delete late | cleaning (deleting)
        namesakes -> finish deadline_exceeded, 2 left | ended
    cleaning before another try
        begun -> ask project project-1 | cleaning (looking)
        resumed -> ask project project-1 | cleaning (looking)
        elapsed -> ask project project-1 | cleaning (looking)
        reserved -> ask project project-1 | cleaning (looking)
        deadline -> ask project project-1 | cleaning (looking)
        cancel -> ask project project-1 | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish import_failed, 1 left | ended
        refused 404 -> finish import_failed, 1 left | ended
        refused 2xx -> ask project project-1 | cleaning (looking)
        not done -> wait 1 s | cleaning (due)
        not done, impossible wait -> wait 599 s | cleaning (due)
        unknown -> ask project project-1 | cleaning (looking)
        deleted -> ask project project-1 | cleaning (looking)
    cleaning before another try, to be deleted again
        begun -> perform delete project-1 | cleaning (deleting)
        resumed -> perform delete project-1 | cleaning (deleting)
        elapsed -> perform delete project-1 | cleaning (deleting)
        reserved -> perform delete project-1 | cleaning (deleting)
        deadline -> perform delete project-1 | cleaning (deleting)
        cancel -> perform delete project-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish import_failed, 1 left | ended
        refused 404 -> finish import_failed, 1 left | ended
        refused 2xx -> finish import_failed, 1 left | ended
        not done -> wait 2 s | cleaning (due)
        not done, impossible wait -> wait 599 s | cleaning (due)
        unknown -> wait 2 s | cleaning (due)
    cleaning before another try, looking
        begun -> ask project project-1 | cleaning (looking)
        resumed -> ask project project-1 | cleaning (looking)
        elapsed -> ask project project-1 | cleaning (looking)
        reserved -> ask project project-1 | cleaning (looking)
        deadline -> ask project project-1 | cleaning (looking)
        cancel -> ask project project-1 | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish import_failed, 1 left | ended
        refused 404 -> finish import_failed, 1 left | ended
        refused 2xx -> finish import_failed, 1 left | ended
        not done -> wait 1 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 1 s | cleaning (looking)
        no project -> wait 2 s | measuring
        importing -> wait 1 s | cleaning (due)
        succeeded -> wait 1 s | cleaning (due)
        failed -> wait 1 s | cleaning (due)
        unknown project status -> wait 1 s | cleaning (due)
        named otherwise -> wait 1 s | cleaning (due)
    cleaning before the end, looking
        begun -> ask project project-1 | cleaning (looking)
        resumed -> ask project project-1 | cleaning (looking)
        elapsed -> ask project project-1 | cleaning (looking)
        reserved -> ask project project-1 | cleaning (looking)
        deadline -> ask project project-1 | cleaning (looking)
        cancel -> ask project project-1 | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish target_name_taken, 1 left | ended
        refused 404 -> finish target_name_taken, 1 left | ended
        refused 2xx -> finish target_name_taken, 1 left | ended
        not done -> wait 1 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 1 s | cleaning (looking)
        no project -> finish target_name_taken | ended
        importing -> wait 1 s | cleaning (due)
        succeeded -> wait 1 s | cleaning (due)
        failed -> wait 1 s | cleaning (due)
        unknown project status -> wait 1 s | cleaning (due)
        named otherwise -> wait 1 s | cleaning (due)
    cleaning before sweeping on, looking
        begun -> ask project late | cleaning (looking)
        resumed -> ask project late | cleaning (looking)
        elapsed -> ask project late | cleaning (looking)
        reserved -> ask project late | cleaning (looking)
        deadline -> ask project late | cleaning (looking)
        cancel -> ask project late | cleaning (looking)
        convicted -> finish worker_killed, 3 left | ended
        refused 403 -> perform delete project-2 | cleaning (deleting)
        refused 404 -> perform delete project-2 | cleaning (deleting)
        refused 2xx -> perform delete project-2 | cleaning (deleting)
        not done -> wait 1 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 1 s | cleaning (looking)
        no project -> ask projects | sweeping (keeping)
        importing -> wait 1 s | cleaning (due)
        succeeded -> wait 1 s | cleaning (due)
        failed -> wait 1 s | cleaning (due)
        unknown project status -> wait 1 s | cleaning (due)
        named otherwise -> wait 1 s | cleaning (due)
    ended
        begun -> finish succeeded | ended
        resumed -> finish succeeded | ended
        elapsed -> finish succeeded | ended
        reserved -> finish succeeded | ended
        deadline -> finish succeeded | ended
        cancel -> finish succeeded | ended
        convicted -> finish succeeded | ended
        refused 403 -> finish succeeded | ended
        refused 404 -> finish succeeded | ended
        refused 2xx -> finish succeeded | ended
        not done -> finish succeeded | ended
        not done, impossible wait -> finish succeeded | ended
        unknown -> finish succeeded | ended

    """
