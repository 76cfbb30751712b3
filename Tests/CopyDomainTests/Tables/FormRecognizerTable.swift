/// Every state of a Form Recognizer v2 copy x every event: what it is answered with, and the state afterwards.
let formRecognizerTable = """
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
    inspecting the source
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
        no source -> finish source_not_found | ended
        creating -> finish source_not_ready | ended
        ready -> ask summary | inspecting (room)
        invalid -> finish source_not_ready | ended
        unknown model status -> ask summary | inspecting (room)
    inspecting the source, check
        begun -> ask source | inspecting (source)
        resumed -> ask source | inspecting (source)
        elapsed -> ask source | inspecting (source)
        reserved -> ask source | inspecting (source)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> ask summary | inspecting (room)
        refused 404 -> ask summary | inspecting (room)
        refused 2xx -> ask summary | inspecting (room)
        not done -> wait 1 s | inspecting (source)
        not done, impossible wait -> wait 86401 s | inspecting (source)
        unknown -> wait 1 s | inspecting (source)
        no source -> ask summary | inspecting (room)
        creating -> ask summary | inspecting (room)
        ready -> ask summary | inspecting (room)
        invalid -> ask summary | inspecting (room)
        unknown model status -> ask summary | inspecting (room)
    inspecting the room
        begun -> ask summary | inspecting (room)
        resumed -> ask summary | inspecting (room)
        elapsed -> ask summary | inspecting (room)
        reserved -> ask summary | inspecting (room)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> perform authorize | authorizing
        refused 404 -> perform authorize | authorizing
        refused 2xx -> perform authorize | authorizing
        not done -> wait 1 s | inspecting (room)
        not done, impossible wait -> perform authorize | authorizing
        unknown -> wait 1 s | inspecting (room)
        room -> perform authorize | authorizing
        no room -> finish target_limit_reached | ended
    inspecting the room, check
        begun -> ask summary | inspecting (room)
        resumed -> ask summary | inspecting (room)
        elapsed -> ask summary | inspecting (room)
        reserved -> ask summary | inspecting (room)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish checked | ended
        refused 404 -> finish checked | ended
        refused 2xx -> finish checked | ended
        not done -> wait 1 s | inspecting (room)
        not done, impossible wait -> finish checked | ended
        unknown -> wait 1 s | inspecting (room)
        room -> finish checked | ended
        no room -> finish checked, target_limit_reached | ended
    inspecting the room, check with a problem
        begun -> ask summary | inspecting (room)
        resumed -> ask summary | inspecting (room)
        elapsed -> ask summary | inspecting (room)
        reserved -> ask summary | inspecting (room)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish checked, source_not_found | ended
        refused 404 -> finish checked, source_not_found | ended
        refused 2xx -> finish checked, source_not_found | ended
        not done -> wait 1 s | inspecting (room)
        not done, impossible wait -> finish checked, source_not_found | ended
        unknown -> wait 1 s | inspecting (room)
        room -> finish checked, source_not_found | ended
        no room -> finish checked, source_not_found, target_limit_reached | ended
    authorizable
        begun -> perform authorize | authorizing
        resumed -> perform authorize | authorizing
        elapsed -> perform authorize | authorizing
        reserved -> perform authorize | authorizing
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> wait 2 s | authorizable
        refused 404 -> wait 2 s | authorizable
        refused 2xx -> wait 2 s | authorizable
        not done -> wait 2 s | authorizable
        not done, impossible wait -> wait 86402 s | authorizable
        unknown -> wait 2 s | authorizable
    authorizing
        begun -> ask models | tracing
        resumed -> ask models | tracing
        elapsed -> ask models | tracing
        reserved -> ask models | tracing
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> ask models | tracing
        not done -> wait 1 s | authorizable
        not done, impossible wait -> wait 86401 s | authorizable
        unknown -> ask models | tracing
        authorized -> perform copy | starting
        authorized, expired -> perform copy | starting
    tracing
        begun -> ask models | tracing
        resumed -> ask models | tracing
        elapsed -> ask models | tracing
        reserved -> ask models | tracing
        deadline -> ask models | tracing
        cancel -> ask models | tracing
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | authorizable
        refused 404 -> wait 2 s | authorizable
        refused 2xx -> wait 2 s | authorizable
        not done -> wait 1 s | tracing
        not done, impossible wait -> wait 86401 s | tracing
        unknown -> wait 1 s | tracing
        no models -> wait 2 s | authorizable
        models -> wait 2 s | authorizable
    tracing, stopped
        begun -> ask models | tracing
        resumed -> ask models | tracing
        elapsed -> ask models | tracing
        reserved -> ask models | tracing
        deadline -> ask models | tracing
        cancel -> ask models | tracing
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish cancelled, 1 left | ended
        refused 404 -> finish cancelled, 1 left | ended
        refused 2xx -> finish cancelled, 1 left | ended
        not done -> finish cancelled, 1 left | ended
        not done, impossible wait -> finish cancelled, 1 left | ended
        unknown -> finish cancelled, 1 left | ended
        no models -> finish cancelled, 1 left | ended
        models -> finish cancelled, 1 left | ended
    authorized
        begun -> perform copy | starting
        resumed -> perform copy | starting
        elapsed -> perform copy | starting
        reserved -> perform copy | starting
        deadline -> perform delete target-1 | cleaning (deleting)
        cancel -> perform delete target-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | authorized
        refused 404 -> wait 2 s | authorized
        refused 2xx -> wait 2 s | authorized
        not done -> wait 2 s | authorized
        not done, impossible wait -> wait 86402 s | authorized
        unknown -> wait 2 s | authorized
    authorized, expired
        begun -> perform delete target-1 | cleaning (deleting)
        resumed -> perform delete target-1 | cleaning (deleting)
        elapsed -> perform delete target-1 | cleaning (deleting)
        reserved -> perform delete target-1 | cleaning (deleting)
        deadline -> perform delete target-1 | cleaning (deleting)
        cancel -> perform delete target-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | authorized
        refused 404 -> wait 2 s | authorized
        refused 2xx -> wait 2 s | authorized
        not done -> wait 2 s | authorized
        not done, impossible wait -> wait 86402 s | authorized
        unknown -> wait 2 s | authorized
    starting
        begun -> poll model target-1 | watching
        resumed -> poll model target-1 | watching
        elapsed -> poll model target-1 | watching
        reserved -> poll model target-1 | watching
        deadline -> perform delete target-1 | cleaning (deleting)
        cancel -> perform delete target-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform delete target-1 | cleaning (deleting)
        refused 404 -> perform delete target-1 | cleaning (deleting)
        refused 2xx -> poll model target-1 | watching
        not done -> wait 1 s | authorized
        not done, impossible wait -> wait 86401 s | authorized
        unknown -> poll model target-1 | watching
        started -> poll result | copying
    copying
        begun -> poll result | copying
        resumed -> poll result | copying
        elapsed -> poll result | copying
        reserved -> poll result | copying
        deadline -> poll result | copying
        cancel -> poll result | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll model target-1 | watching
        refused 404 -> poll result | copying
        refused 2xx -> poll model target-1 | watching
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        not started -> poll result | copying
        running -> poll result | copying
        succeeded -> ask model target-1 | verifying
        failed -> perform delete target-1 | cleaning (deleting)
        failed 2024 -> perform delete target-1 | cleaning (deleting)
        unknown copy status -> poll result | copying
    copying, long
        begun -> poll result | copying
        resumed -> poll result | copying
        elapsed -> poll result | copying
        reserved -> poll result | copying
        deadline -> poll result | copying
        cancel -> poll result | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll model target-1 | watching
        refused 404 -> poll model target-1 | watching
        refused 2xx -> poll model target-1 | watching
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        not started -> poll result | copying
        running -> poll result | copying
        succeeded -> ask model target-1 | verifying
        failed -> perform delete target-1 | cleaning (deleting)
        failed 2024 -> perform delete target-1 | cleaning (deleting)
        unknown copy status -> poll result | copying
    copying, stopped
        begun -> poll result | copying
        resumed -> poll result | copying
        elapsed -> poll result | copying
        reserved -> poll result | copying
        deadline -> poll result | copying
        cancel -> poll result | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll model target-1 | watching
        refused 404 -> poll result | copying
        refused 2xx -> poll model target-1 | watching
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 599 s | copying
        unknown -> wait 1 s | copying
        not started -> poll result | copying
        running -> poll result | copying
        succeeded -> perform delete target-1 | cleaning (deleting)
        failed -> perform delete target-1 | cleaning (deleting)
        failed 2024 -> perform delete target-1 | cleaning (deleting)
        unknown copy status -> poll result | copying
    copying, grace over
        begun -> poll result | copying
        resumed -> poll result | copying
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> poll result | copying
        cancel -> poll result | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        not started -> finish deadline_exceeded, 1 left | ended
        running -> finish deadline_exceeded, 1 left | ended
        succeeded -> perform delete target-1 | cleaning (deleting)
        failed -> perform delete target-1 | cleaning (deleting)
        failed 2024 -> perform delete target-1 | cleaning (deleting)
        unknown copy status -> finish deadline_exceeded, 1 left | ended
    watching
        begun -> poll model target-1 | watching
        resumed -> poll model target-1 | watching
        elapsed -> poll model target-1 | watching
        reserved -> poll model target-1 | watching
        deadline -> poll model target-1 | watching
        cancel -> poll model target-1 | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | watching
        refused 404 -> wait 1 s | watching
        refused 2xx -> wait 1 s | watching
        not done -> wait 1 s | watching
        not done, impossible wait -> wait 86401 s | watching
        unknown -> wait 1 s | watching
        no model -> wait 2 s | authorizable
        creating -> poll model target-1 | watching
        ready -> finish succeeded | ended
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> poll model target-1 | watching
    watching, long
        begun -> poll model target-1 | watching
        resumed -> poll model target-1 | watching
        elapsed -> poll model target-1 | watching
        reserved -> poll model target-1 | watching
        deadline -> poll model target-1 | watching
        cancel -> poll model target-1 | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | watching
        refused 404 -> wait 1 s | watching
        refused 2xx -> wait 1 s | watching
        not done -> wait 1 s | watching
        not done, impossible wait -> wait 86401 s | watching
        unknown -> wait 1 s | watching
        no model -> wait 2 s | authorizable
        creating -> perform delete target-1 | cleaning (deleting)
        ready -> finish succeeded | ended
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> perform delete target-1 | cleaning (deleting)
    watching, stopped
        begun -> poll model target-1 | watching
        resumed -> poll model target-1 | watching
        elapsed -> poll model target-1 | watching
        reserved -> poll model target-1 | watching
        deadline -> poll model target-1 | watching
        cancel -> poll model target-1 | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | watching
        refused 404 -> wait 1 s | watching
        refused 2xx -> wait 1 s | watching
        not done -> wait 1 s | watching
        not done, impossible wait -> wait 599 s | watching
        unknown -> wait 1 s | watching
        no model -> finish deadline_exceeded | ended
        creating -> poll model target-1 | watching
        ready -> perform delete target-1 | cleaning (deleting)
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> poll model target-1 | watching
    watching another target
        begun -> poll model target-2 | watching
        resumed -> poll model target-2 | watching
        elapsed -> poll model target-2 | watching
        reserved -> poll model target-2 | watching
        deadline -> poll model target-2 | watching
        cancel -> poll model target-2 | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | watching
        refused 404 -> wait 1 s | watching
        refused 2xx -> wait 1 s | watching
        not done -> wait 1 s | watching
        not done, impossible wait -> wait 86401 s | watching
        unknown -> wait 1 s | watching
        no model -> wait 8 s | authorizable
        creating -> poll model target-2 | watching
        ready -> ask model target-1 | checking
        invalid -> perform delete target-2 | cleaning (deleting)
        unknown model status -> poll model target-2 | watching
    verifying
        begun -> poll model target-1 | verifying
        resumed -> poll model target-1 | verifying
        elapsed -> poll model target-1 | verifying
        reserved -> poll model target-1 | verifying
        deadline -> poll model target-1 | verifying
        cancel -> perform delete target-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | verifying
        refused 404 -> wait 1 s | verifying
        refused 2xx -> wait 1 s | verifying
        not done -> wait 1 s | verifying
        not done, impossible wait -> wait 86401 s | verifying
        unknown -> wait 1 s | verifying
        no model -> poll model target-1 | verifying
        creating -> poll model target-1 | verifying
        ready -> finish succeeded | ended
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> poll model target-1 | verifying
    verifying another target
        begun -> poll model target-2 | verifying
        resumed -> poll model target-2 | verifying
        elapsed -> poll model target-2 | verifying
        reserved -> poll model target-2 | verifying
        deadline -> poll model target-2 | verifying
        cancel -> perform delete target-2 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | verifying
        refused 404 -> wait 1 s | verifying
        refused 2xx -> wait 1 s | verifying
        not done -> wait 1 s | verifying
        not done, impossible wait -> wait 86401 s | verifying
        unknown -> wait 1 s | verifying
        no model -> poll model target-2 | verifying
        creating -> poll model target-2 | verifying
        ready -> ask model target-1 | checking
        invalid -> perform delete target-2 | cleaning (deleting)
        unknown model status -> poll model target-2 | verifying
    verifying, long
        begun -> poll model target-1 | verifying
        resumed -> poll model target-1 | verifying
        elapsed -> poll model target-1 | verifying
        reserved -> poll model target-1 | verifying
        deadline -> poll model target-1 | verifying
        cancel -> perform delete target-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | verifying
        refused 404 -> wait 1 s | verifying
        refused 2xx -> wait 1 s | verifying
        not done -> wait 1 s | verifying
        not done, impossible wait -> wait 86401 s | verifying
        unknown -> wait 1 s | verifying
        no model -> perform delete target-1 | cleaning (deleting)
        creating -> perform delete target-1 | cleaning (deleting)
        ready -> finish succeeded | ended
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> perform delete target-1 | cleaning (deleting)
    verifying, past the deadline
        begun -> poll model target-1 | verifying
        resumed -> poll model target-1 | verifying
        elapsed -> poll model target-1 | verifying
        reserved -> poll model target-1 | verifying
        deadline -> poll model target-1 | verifying
        cancel -> poll model target-1 | verifying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | verifying
        refused 404 -> wait 1 s | verifying
        refused 2xx -> wait 1 s | verifying
        not done -> wait 1 s | verifying
        not done, impossible wait -> wait 599 s | verifying
        unknown -> wait 1 s | verifying
        no model -> poll model target-1 | verifying
        creating -> poll model target-1 | verifying
        ready -> finish succeeded | ended
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> poll model target-1 | verifying
    verifying, grace over
        begun -> poll model target-1 | verifying
        resumed -> poll model target-1 | verifying
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> poll model target-1 | verifying
        cancel -> poll model target-1 | verifying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        no model -> finish deadline_exceeded, 1 left | ended
        creating -> finish deadline_exceeded, 1 left | ended
        ready -> finish succeeded | ended
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> finish deadline_exceeded, 1 left | ended
    checking
        begun -> ask model target-1 | checking
        resumed -> ask model target-1 | checking
        elapsed -> ask model target-1 | checking
        reserved -> ask model target-1 | checking
        deadline -> ask model target-1 | checking
        cancel -> perform delete target-2 | cleaning (deleting)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> wait 1 s | checking
        refused 404 -> wait 1 s | checking
        refused 2xx -> wait 1 s | checking
        not done -> wait 1 s | checking
        not done, impossible wait -> wait 86401 s | checking
        unknown -> wait 1 s | checking
        no model -> finish succeeded | ended
        creating -> perform delete target-1 | cleaning (deleting)
        ready -> perform delete target-1 | cleaning (deleting)
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> perform delete target-1 | cleaning (deleting)
    checking, grace over
        begun -> ask model target-1 | checking
        resumed -> ask model target-1 | checking
        elapsed -> finish deadline_exceeded, 2 left | ended
        reserved -> finish deadline_exceeded, 2 left | ended
        deadline -> ask model target-1 | checking
        cancel -> ask model target-1 | checking
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> finish deadline_exceeded, 2 left | ended
        refused 404 -> finish deadline_exceeded, 2 left | ended
        refused 2xx -> finish deadline_exceeded, 2 left | ended
        not done -> finish deadline_exceeded, 2 left | ended
        not done, impossible wait -> finish deadline_exceeded, 2 left | ended
        unknown -> finish deadline_exceeded, 2 left | ended
        no model -> finish succeeded | ended
        creating -> perform delete target-1 | cleaning (deleting)
        ready -> perform delete target-1 | cleaning (deleting)
        invalid -> perform delete target-1 | cleaning (deleting)
        unknown model status -> perform delete target-1 | cleaning (deleting)
    cleaning before another try
        begun -> ask model target-1 | cleaning (looking)
        resumed -> ask model target-1 | cleaning (looking)
        elapsed -> ask model target-1 | cleaning (looking)
        reserved -> ask model target-1 | cleaning (looking)
        deadline -> ask model target-1 | cleaning (looking)
        cancel -> ask model target-1 | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish copy_failed, 1 left | ended
        refused 404 -> finish copy_failed, 1 left | ended
        refused 2xx -> ask model target-1 | cleaning (looking)
        not done -> wait 1 s | cleaning (due)
        not done, impossible wait -> wait 599 s | cleaning (due)
        unknown -> ask model target-1 | cleaning (looking)
        deleted -> ask model target-1 | cleaning (looking)
    cleaning before another try, to be deleted again
        begun -> perform delete target-1 | cleaning (deleting)
        resumed -> perform delete target-1 | cleaning (deleting)
        elapsed -> perform delete target-1 | cleaning (deleting)
        reserved -> perform delete target-1 | cleaning (deleting)
        deadline -> perform delete target-1 | cleaning (deleting)
        cancel -> perform delete target-1 | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish copy_failed, 1 left | ended
        refused 404 -> finish copy_failed, 1 left | ended
        refused 2xx -> finish copy_failed, 1 left | ended
        not done -> wait 2 s | cleaning (due)
        not done, impossible wait -> wait 599 s | cleaning (due)
        unknown -> wait 2 s | cleaning (due)
    cleaning before another try, looking
        begun -> ask model target-1 | cleaning (looking)
        resumed -> ask model target-1 | cleaning (looking)
        elapsed -> ask model target-1 | cleaning (looking)
        reserved -> ask model target-1 | cleaning (looking)
        deadline -> ask model target-1 | cleaning (looking)
        cancel -> ask model target-1 | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish copy_failed, 1 left | ended
        refused 404 -> finish copy_failed, 1 left | ended
        refused 2xx -> finish copy_failed, 1 left | ended
        not done -> wait 1 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 1 s | cleaning (looking)
        no model -> wait 2 s | authorizable
        creating -> wait 1 s | cleaning (due)
        ready -> wait 1 s | cleaning (due)
        invalid -> wait 1 s | cleaning (due)
        unknown model status -> wait 1 s | cleaning (due)
    cleaning before another try, looking, stopped
        begun -> ask model target-1 | cleaning (looking)
        resumed -> ask model target-1 | cleaning (looking)
        elapsed -> ask model target-1 | cleaning (looking)
        reserved -> ask model target-1 | cleaning (looking)
        deadline -> ask model target-1 | cleaning (looking)
        cancel -> ask model target-1 | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish cancelled, 1 left | ended
        refused 404 -> finish cancelled, 1 left | ended
        refused 2xx -> finish cancelled, 1 left | ended
        not done -> wait 1 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 1 s | cleaning (looking)
        no model -> finish cancelled | ended
        creating -> wait 1 s | cleaning (due)
        ready -> wait 1 s | cleaning (due)
        invalid -> wait 1 s | cleaning (due)
        unknown model status -> wait 1 s | cleaning (due)
    cleaning before the end, looking
        begun -> ask model target-1 | cleaning (looking)
        resumed -> ask model target-1 | cleaning (looking)
        elapsed -> ask model target-1 | cleaning (looking)
        reserved -> ask model target-1 | cleaning (looking)
        deadline -> ask model target-1 | cleaning (looking)
        cancel -> ask model target-1 | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish source_not_found, 1 left | ended
        refused 404 -> finish source_not_found, 1 left | ended
        refused 2xx -> finish source_not_found, 1 left | ended
        not done -> wait 1 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 1 s | cleaning (looking)
        no model -> finish source_not_found | ended
        creating -> wait 1 s | cleaning (due)
        ready -> wait 1 s | cleaning (due)
        invalid -> wait 1 s | cleaning (due)
        unknown model status -> wait 1 s | cleaning (due)
    cleaning before checking on, looking
        begun -> ask model target-1 | cleaning (looking)
        resumed -> ask model target-1 | cleaning (looking)
        elapsed -> ask model target-1 | cleaning (looking)
        reserved -> ask model target-1 | cleaning (looking)
        deadline -> ask model target-1 | cleaning (looking)
        cancel -> ask model target-1 | cleaning (looking)
        convicted -> finish worker_killed, 2 left | ended
        refused 403 -> perform delete target-2 | cleaning (deleting)
        refused 404 -> perform delete target-2 | cleaning (deleting)
        refused 2xx -> perform delete target-2 | cleaning (deleting)
        not done -> wait 1 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 1 s | cleaning (looking)
        no model -> ask model target-1 | checking
        creating -> wait 1 s | cleaning (due)
        ready -> wait 1 s | cleaning (due)
        invalid -> wait 1 s | cleaning (due)
        unknown model status -> wait 1 s | cleaning (due)
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
