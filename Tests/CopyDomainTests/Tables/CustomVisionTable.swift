/// Every state of a Custom Vision project copy x every event: what it is answered with, and the state afterwards.
let customVisionTable = """
    requested
        begun -> ask source | inspecting
        resumed -> ask source | inspecting
        elapsed -> ask source | inspecting
        reserved -> ask source | inspecting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        refused 403 -> wait 1 s | requested
        refused 404 -> wait 1 s | requested
        refused 2xx -> wait 1 s | requested
        not done -> wait 1 s | requested
        not done, impossible wait -> wait 86401 s | requested
        unknown -> wait 1 s | requested
    inspecting by id
        begun -> ask source | inspecting
        resumed -> ask source | inspecting
        elapsed -> ask source | inspecting
        reserved -> ask source | inspecting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | inspecting
        not done, impossible wait -> wait 86401 s | inspecting
        unknown -> wait 1 s | inspecting
        no project -> finish source_not_found | ended
        importing -> finish source_not_ready | ended
        succeeded -> reserve | reserving
        failed -> finish source_not_ready | ended
        unknown project status -> reserve | reserving
        named otherwise -> reserve | reserving
    inspecting by name
        begun -> ask sources | inspecting
        resumed -> ask sources | inspecting
        elapsed -> ask sources | inspecting
        reserved -> ask sources | inspecting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | inspecting
        not done, impossible wait -> wait 86401 s | inspecting
        unknown -> wait 1 s | inspecting
        no projects -> finish source_not_found | ended
        strangers -> finish source_not_found | ended
        of attempt 1 -> finish source_not_found | ended
        namesakes -> finish source_ambiguous | ended
    reserving
        begun -> reserve | reserving
        resumed -> reserve | reserving
        elapsed -> reserve | reserving
        reserved -> ask export | exporting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        refused 403 -> wait 1 s | reserving
        refused 404 -> wait 1 s | reserving
        refused 2xx -> wait 1 s | reserving
        not done -> wait 1 s | reserving
        not done, impossible wait -> wait 86401 s | reserving
        unknown -> wait 1 s | reserving
    exporting
        begun -> ask export | exporting
        resumed -> ask export | exporting
        elapsed -> ask export | exporting
        reserved -> ask export | exporting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
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
        refused 403 -> wait 2 s | exported
        refused 404 -> wait 2 s | exported
        refused 2xx -> wait 2 s | exported
        not done -> wait 2 s | exported
        not done, impossible wait -> wait 86402 s | exported
        unknown -> wait 2 s | exported
    exported, expired
        begun -> ask export | exporting
        resumed -> ask export | exporting
        elapsed -> ask export | exporting
        reserved -> ask export | exporting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        refused 403 -> wait 2 s | exported
        refused 404 -> wait 2 s | exported
        refused 2xx -> wait 2 s | exported
        not done -> wait 2 s | exported
        not done, impossible wait -> wait 86402 s | exported
        unknown -> wait 2 s | exported
    exporting again
        begun -> ask export | exporting
        resumed -> ask export | exporting
        elapsed -> ask export | exporting
        reserved -> ask export | exporting
        deadline -> ask projects | sweeping (ending)
        cancel -> ask projects | sweeping (ending)
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
        refused 403 -> ask projects | sweeping (ending)
        refused 404 -> ask projects | sweeping (ending)
        refused 2xx -> ask projects | sweeping (ending)
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
        refused 403 -> ask projects | sweeping (ending)
        refused 404 -> ask projects | sweeping (ending)
        refused 2xx -> ask projects | sweeping (ending)
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
        refused 403 -> ask projects | sweeping (ending)
        refused 404 -> ask projects | sweeping (ending)
        refused 2xx -> ask projects | sweeping (ending)
        not done -> wait 1 s | searching
        not done, impossible wait -> wait 86401 s | searching
        unknown -> wait 1 s | searching
        no projects -> ask export | exporting
        strangers -> ask export | exporting
        of attempt 1 -> poll project late | copying
        namesakes -> ask export | exporting
    searching, stopped
        begun -> poll projects | searching
        resumed -> poll projects | searching
        elapsed -> poll projects | searching
        reserved -> poll projects | searching
        deadline -> poll projects | searching
        cancel -> poll projects | searching
        refused 403 -> ask projects | sweeping (ending)
        refused 404 -> ask projects | sweeping (ending)
        refused 2xx -> ask projects | sweeping (ending)
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
        refused 403 -> ask projects | sweeping (ending)
        refused 404 -> ask projects | sweeping (ending)
        refused 2xx -> ask projects | sweeping (ending)
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
        refused 403 -> perform delete project-1 | cleaning (deleting)
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> perform delete project-1 | cleaning (deleting)
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> poll project project-1 | copying
        importing -> poll project project-1 | copying
        succeeded -> perform rename project-1 | renaming
        failed -> perform delete project-1 | cleaning (deleting)
        unknown project status -> poll project project-1 | copying
        named otherwise -> perform rename project-1 | renaming
    copying again
        begun -> poll project project-2 | copying
        resumed -> poll project project-2 | copying
        elapsed -> poll project project-2 | copying
        reserved -> poll project project-2 | copying
        deadline -> poll project project-2 | copying
        cancel -> poll project project-2 | copying
        refused 403 -> perform delete project-2 | cleaning (deleting)
        refused 404 -> perform delete project-2 | cleaning (deleting)
        refused 2xx -> perform delete project-2 | cleaning (deleting)
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> poll project project-2 | copying
        importing -> poll project project-2 | copying
        succeeded -> ask projects | sweeping (keeping)
        failed -> perform delete project-2 | cleaning (deleting)
        unknown project status -> poll project project-2 | copying
        named otherwise -> ask projects | sweeping (keeping)
    copying again, late
        begun -> poll project project-2 | copying
        resumed -> poll project project-2 | copying
        elapsed -> poll project project-2 | copying
        reserved -> poll project project-2 | copying
        deadline -> poll project project-2 | copying
        cancel -> poll project project-2 | copying
        refused 403 -> perform delete project-2 | cleaning (deleting)
        refused 404 -> perform delete project-2 | cleaning (deleting)
        refused 2xx -> perform delete project-2 | cleaning (deleting)
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> ask projects | sweeping (ending)
        importing -> poll project project-2 | copying
        succeeded -> ask projects | sweeping (keeping)
        failed -> perform delete project-2 | cleaning (deleting)
        unknown project status -> poll project project-2 | copying
        named otherwise -> ask projects | sweeping (keeping)
    copying, too long
        begun -> poll project project-1 | copying
        resumed -> poll project project-1 | copying
        elapsed -> poll project project-1 | copying
        reserved -> poll project project-1 | copying
        deadline -> poll project project-1 | copying
        cancel -> poll project project-1 | copying
        refused 403 -> perform delete project-1 | cleaning (deleting)
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> perform delete project-1 | cleaning (deleting)
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        no project -> finish target_vanished | ended
        importing -> perform delete project-1 | cleaning (deleting)
        succeeded -> perform rename project-1 | renaming
        failed -> perform delete project-1 | cleaning (deleting)
        unknown project status -> perform delete project-1 | cleaning (deleting)
        named otherwise -> perform rename project-1 | renaming
    copying, stopped
        begun -> poll project project-1 | copying
        resumed -> poll project project-1 | copying
        elapsed -> poll project project-1 | copying
        reserved -> poll project project-1 | copying
        deadline -> poll project project-1 | copying
        cancel -> poll project project-1 | copying
        refused 403 -> perform delete project-1 | cleaning (deleting)
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> perform delete project-1 | cleaning (deleting)
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
        refused 403 -> perform delete project-1 | cleaning (deleting)
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> perform delete project-1 | cleaning (deleting)
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        no project -> finish deadline_exceeded | ended
        importing -> finish deadline_exceeded, 1 left | ended
        succeeded -> perform delete project-1 | cleaning (deleting)
        failed -> perform delete project-1 | cleaning (deleting)
        unknown project status -> finish deadline_exceeded, 1 left | ended
        named otherwise -> perform delete project-1 | cleaning (deleting)
    sweeping before renaming
        begun -> ask projects | sweeping (keeping)
        resumed -> ask projects | sweeping (keeping)
        elapsed -> ask projects | sweeping (keeping)
        reserved -> ask projects | sweeping (keeping)
        deadline -> ask projects | sweeping (keeping)
        cancel -> perform delete project-2 | cleaning (deleting)
        refused 403 -> perform delete project-2 | cleaning (deleting)
        refused 404 -> perform delete project-2 | cleaning (deleting)
        refused 2xx -> perform delete project-2 | cleaning (deleting)
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
        refused 403 -> perform delete project-2 | cleaning (deleting)
        refused 404 -> perform delete project-2 | cleaning (deleting)
        refused 2xx -> perform delete project-2 | cleaning (deleting)
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
        refused 403 -> perform delete project-1 | cleaning (deleting)
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
        refused 403 -> perform delete project-1 | cleaning (deleting)
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> perform delete project-1 | cleaning (deleting)
        not done -> wait 1 s | comparing
        not done, impossible wait -> wait 86401 s | comparing
        unknown -> wait 1 s | comparing
        no project -> finish target_vanished | ended
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
        refused 403 -> perform delete project-2 | cleaning (deleting)
        refused 404 -> perform delete project-2 | cleaning (deleting)
        refused 2xx -> perform delete project-2 | cleaning (deleting)
        not done -> wait 1 s | comparing
        not done, impossible wait -> wait 86401 s | comparing
        unknown -> wait 1 s | comparing
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
        refused 403 -> perform delete project-1 | cleaning (deleting)
        refused 404 -> perform delete project-1 | cleaning (deleting)
        refused 2xx -> perform delete project-1 | cleaning (deleting)
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        no project -> finish deadline_exceeded | ended
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
        refused 403 -> perform delete project-2 | cleaning (deleting)
        refused 404 -> perform delete project-2 | cleaning (deleting)
        refused 2xx -> perform delete project-2 | cleaning (deleting)
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
        refused 403 -> finish import_failed, 1 left | ended
        refused 404 -> finish import_failed, 1 left | ended
        refused 2xx -> finish import_failed, 1 left | ended
        not done -> wait 1 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 1 s | cleaning (looking)
        no project -> ask export | exporting
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
        refused 403 -> finish succeeded | ended
        refused 404 -> finish succeeded | ended
        refused 2xx -> finish succeeded | ended
        not done -> finish succeeded | ended
        not done, impossible wait -> finish succeeded | ended
        unknown -> finish succeeded | ended

    """
