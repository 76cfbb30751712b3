/// Every state of a Document Intelligence copy x every event: what it is answered with, and the state afterwards.
let documentIntelligenceTable = """
    requested
        begun -> reserve | reserving
        resumed -> reserve | reserving
        elapsed -> reserve | reserving
        reserved -> reserve | reserving
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> wait 1 s | requested
        refused 404 -> wait 1 s | requested
        refused 2xx -> wait 1 s | requested
        not done -> wait 1 s | requested
        not done, impossible wait -> wait 86401 s | requested
        unknown -> wait 1 s | requested
    requested, a check
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
    reserving
        begun -> reserve | reserving
        resumed -> reserve | reserving
        elapsed -> reserve | reserving
        reserved -> ask source | inspecting (source)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> wait 1 s | reserving
        refused 404 -> wait 1 s | reserving
        refused 2xx -> wait 1 s | reserving
        not done -> wait 1 s | reserving
        not done, impossible wait -> wait 86401 s | reserving
        unknown -> wait 1 s | reserving
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
        source -> ask target | inspecting (target)
        no source -> finish source_not_found | ended
        source, expiring -> ask target | inspecting (target)
    inspecting the target, fail
        begun -> ask target | inspecting (target)
        resumed -> ask target | inspecting (target)
        elapsed -> ask target | inspecting (target)
        reserved -> ask target | inspecting (target)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | inspecting (target)
        not done, impossible wait -> wait 86401 s | inspecting (target)
        unknown -> wait 1 s | inspecting (target)
        nothing there -> ask room | inspecting (room)
        like the source -> finish target_id_taken | ended
        unlike the source -> finish target_id_taken | ended
    inspecting the target, skip
        begun -> ask target | inspecting (target)
        resumed -> ask target | inspecting (target)
        elapsed -> ask target | inspecting (target)
        reserved -> ask target | inspecting (target)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | inspecting (target)
        not done, impossible wait -> wait 86401 s | inspecting (target)
        unknown -> wait 1 s | inspecting (target)
        nothing there -> ask room | inspecting (room)
        like the source -> finish succeeded | ended
        unlike the source -> finish succeeded | ended
    inspecting the target, replace
        begun -> ask target | inspecting (target)
        resumed -> ask target | inspecting (target)
        elapsed -> ask target | inspecting (target)
        reserved -> ask target | inspecting (target)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | inspecting (target)
        not done, impossible wait -> wait 86401 s | inspecting (target)
        unknown -> wait 1 s | inspecting (target)
        nothing there -> ask room | inspecting (room)
        like the source -> perform delete | replacing (deleting)
        unlike the source -> perform delete | replacing (deleting)
    inspecting the target of a classifier
        begun -> ask target | inspecting (target)
        resumed -> ask target | inspecting (target)
        elapsed -> ask target | inspecting (target)
        reserved -> ask target | inspecting (target)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | inspecting (target)
        not done, impossible wait -> wait 86401 s | inspecting (target)
        unknown -> wait 1 s | inspecting (target)
        nothing there -> perform authorize | authorizing
        like the source -> finish target_id_taken | ended
        unlike the source -> finish target_id_taken | ended
    inspecting the room
        begun -> ask room | inspecting (room)
        resumed -> ask room | inspecting (room)
        elapsed -> ask room | inspecting (room)
        reserved -> ask room | inspecting (room)
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
    a check of the source
        begun -> ask source | inspecting (source)
        resumed -> ask source | inspecting (source)
        elapsed -> ask source | inspecting (source)
        reserved -> ask source | inspecting (source)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> ask target | inspecting (target)
        refused 404 -> ask target | inspecting (target)
        refused 2xx -> ask target | inspecting (target)
        not done -> wait 1 s | inspecting (source)
        not done, impossible wait -> wait 86401 s | inspecting (source)
        unknown -> wait 1 s | inspecting (source)
        source -> ask target | inspecting (target)
        no source -> ask target | inspecting (target)
        source, expiring -> ask target | inspecting (target)
    a check of the target, replace
        begun -> ask target | inspecting (target)
        resumed -> ask target | inspecting (target)
        elapsed -> ask target | inspecting (target)
        reserved -> ask target | inspecting (target)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish checked, source_not_found, access_denied | ended
        refused 404 -> finish checked, source_not_found, request_refused | ended
        refused 2xx -> finish checked, source_not_found, unexpected_answer | ended
        not done -> wait 1 s | inspecting (target)
        not done, impossible wait -> wait 86401 s | inspecting (target)
        unknown -> wait 1 s | inspecting (target)
        nothing there -> ask room | inspecting (room)
        like the source -> finish checked, source_not_found | ended
        unlike the source -> finish checked, source_not_found | ended
    a check of the room
        begun -> ask room | inspecting (room)
        resumed -> ask room | inspecting (room)
        elapsed -> ask room | inspecting (room)
        reserved -> ask room | inspecting (room)
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
    replacing
        begun -> ask target | replacing (looking)
        resumed -> ask target | replacing (looking)
        elapsed -> ask target | replacing (looking)
        reserved -> ask target | replacing (looking)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> ask target | replacing (looking)
        not done -> wait 1 s | replacing (due)
        not done, impossible wait -> wait 599 s | replacing (due)
        unknown -> ask target | replacing (looking)
        deleted -> ask target | replacing (looking)
    replacing, to be deleted again
        begun -> perform delete | replacing (deleting)
        resumed -> perform delete | replacing (deleting)
        elapsed -> perform delete | replacing (deleting)
        reserved -> perform delete | replacing (deleting)
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 2 s | replacing (due)
        not done, impossible wait -> wait 599 s | replacing (due)
        unknown -> wait 2 s | replacing (due)
    replacing, deleted
        begun -> ask target | replacing (looking)
        resumed -> ask target | replacing (looking)
        elapsed -> ask target | replacing (looking)
        reserved -> ask target | replacing (looking)
        deadline -> ask target | replacing (looking)
        cancel -> ask target | replacing (looking)
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | replacing (looking)
        not done, impossible wait -> wait 599 s | replacing (looking)
        unknown -> wait 1 s | replacing (looking)
        nothing there -> perform authorize | authorizing
        like the source -> wait 1 s | replacing (due)
        unlike the source -> wait 1 s | replacing (due)
    replacing, deleted, stopped
        begun -> ask target | replacing (looking)
        resumed -> ask target | replacing (looking)
        elapsed -> ask target | replacing (looking)
        reserved -> ask target | replacing (looking)
        deadline -> ask target | replacing (looking)
        cancel -> ask target | replacing (looking)
        convicted -> finish worker_killed | ended
        refused 403 -> finish cancelled | ended
        refused 404 -> finish cancelled | ended
        refused 2xx -> finish cancelled | ended
        not done -> wait 1 s | replacing (looking)
        not done, impossible wait -> wait 599 s | replacing (looking)
        unknown -> wait 1 s | replacing (looking)
        nothing there -> finish cancelled | ended
        like the source -> finish cancelled | ended
        unlike the source -> finish cancelled | ended
    replacing, deleted, long
        begun -> ask target | replacing (looking)
        resumed -> ask target | replacing (looking)
        elapsed -> ask target | replacing (looking)
        reserved -> ask target | replacing (looking)
        deadline -> ask target | replacing (looking)
        cancel -> ask target | replacing (looking)
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> finish azure_unavailable | ended
        not done, impossible wait -> finish azure_unavailable | ended
        unknown -> finish azure_unavailable | ended
        nothing there -> perform authorize | authorizing
        like the source -> finish target_id_taken | ended
        unlike the source -> finish target_id_taken | ended
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
        begun -> perform authorize | authorizing
        resumed -> perform authorize | authorizing
        elapsed -> perform authorize | authorizing
        reserved -> perform authorize | authorizing
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> wait 1 s | authorizable
        not done -> wait 1 s | authorizable
        not done, impossible wait -> wait 86401 s | authorizable
        unknown -> wait 1 s | authorizable
        authorized -> perform copy | starting
        authorized, expired -> perform copy | starting
        taken -> ask target | conflicting
    authorizing, after a loss
        begun -> perform authorize | authorizing
        resumed -> perform authorize | authorizing
        elapsed -> perform authorize | authorizing
        reserved -> perform authorize | authorizing
        deadline -> finish deadline_exceeded, 1 left | ended
        cancel -> finish cancelled, 1 left | ended
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | authorizable
        refused 404 -> wait 2 s | authorizable
        refused 2xx -> wait 2 s | authorizable
        not done -> wait 2 s | authorizable
        not done, impossible wait -> wait 86402 s | authorizable
        unknown -> wait 2 s | authorizable
    conflicting, fail
        begun -> ask target | conflicting
        resumed -> ask target | conflicting
        elapsed -> ask target | conflicting
        reserved -> ask target | conflicting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | conflicting
        not done, impossible wait -> wait 86401 s | conflicting
        unknown -> wait 1 s | conflicting
        nothing there -> finish target_reserved | ended
        like the source -> finish target_id_taken | ended
        unlike the source -> finish target_id_taken | ended
    conflicting, skip
        begun -> ask target | conflicting
        resumed -> ask target | conflicting
        elapsed -> ask target | conflicting
        reserved -> ask target | conflicting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | conflicting
        not done, impossible wait -> wait 86401 s | conflicting
        unknown -> wait 1 s | conflicting
        nothing there -> finish target_reserved | ended
        like the source -> finish succeeded | ended
        unlike the source -> finish succeeded | ended
    conflicting, replace
        begun -> ask target | conflicting
        resumed -> ask target | conflicting
        elapsed -> ask target | conflicting
        reserved -> ask target | conflicting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | conflicting
        not done, impossible wait -> wait 86401 s | conflicting
        unknown -> wait 1 s | conflicting
        nothing there -> finish target_reserved | ended
        like the source -> perform delete | replacing (deleting)
        unlike the source -> perform delete | replacing (deleting)
    conflicting, after a loss
        begun -> ask target | conflicting
        resumed -> ask target | conflicting
        elapsed -> ask target | conflicting
        reserved -> ask target | conflicting
        deadline -> finish deadline_exceeded, 1 left | ended
        cancel -> finish cancelled, 1 left | ended
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish access_denied, 1 left | ended
        refused 404 -> finish request_refused, 1 left | ended
        refused 2xx -> finish unexpected_answer, 1 left | ended
        not done -> wait 2 s | conflicting
        not done, impossible wait -> wait 86402 s | conflicting
        unknown -> wait 2 s | conflicting
        nothing there -> perform delete | cleaning (deleting)
        like the source -> finish target_id_taken | ended
        unlike the source -> finish target_id_taken | ended
    conflicting, after a replacement
        begun -> ask target | conflicting
        resumed -> ask target | conflicting
        elapsed -> ask target | conflicting
        reserved -> ask target | conflicting
        deadline -> finish deadline_exceeded | ended
        cancel -> finish cancelled | ended
        convicted -> finish worker_killed | ended
        refused 403 -> finish access_denied | ended
        refused 404 -> finish request_refused | ended
        refused 2xx -> finish unexpected_answer | ended
        not done -> wait 1 s | conflicting
        not done, impossible wait -> wait 86401 s | conflicting
        unknown -> wait 1 s | conflicting
        nothing there -> wait 1 s | authorizable
        like the source -> perform delete | replacing (deleting)
        unlike the source -> perform delete | replacing (deleting)
    conflicting, after a copy
        begun -> ask target | conflicting
        resumed -> ask target | conflicting
        elapsed -> ask target | conflicting
        reserved -> ask target | conflicting
        deadline -> finish deadline_exceeded, 1 left | ended
        cancel -> finish cancelled, 1 left | ended
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish access_denied, 1 left | ended
        refused 404 -> finish request_refused, 1 left | ended
        refused 2xx -> finish unexpected_answer, 1 left | ended
        not done -> wait 1 s | conflicting
        not done, impossible wait -> wait 86401 s | conflicting
        unknown -> wait 1 s | conflicting
        nothing there -> wait 1 s | authorizable
        like the source -> finish target_id_taken | ended
        unlike the source -> finish target_id_taken | ended
    authorized
        begun -> perform copy | starting
        resumed -> perform copy | starting
        elapsed -> perform copy | starting
        reserved -> perform copy | starting
        deadline -> perform delete | cleaning (deleting)
        cancel -> perform delete | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | authorized
        refused 404 -> wait 2 s | authorized
        refused 2xx -> wait 2 s | authorized
        not done -> wait 2 s | authorized
        not done, impossible wait -> wait 86402 s | authorized
        unknown -> wait 2 s | authorized
    authorized, expired
        begun -> ask target | cleaning (looking)
        resumed -> ask target | cleaning (looking)
        elapsed -> ask target | cleaning (looking)
        reserved -> ask target | cleaning (looking)
        deadline -> ask target | cleaning (looking)
        cancel -> ask target | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | authorized
        refused 404 -> wait 2 s | authorized
        refused 2xx -> wait 2 s | authorized
        not done -> wait 2 s | authorized
        not done, impossible wait -> wait 86402 s | authorized
        unknown -> wait 2 s | authorized
    authorized, sent before, expired
        begun -> poll target | watching
        resumed -> poll target | watching
        elapsed -> poll target | watching
        reserved -> poll target | watching
        deadline -> poll target | watching
        cancel -> poll target | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 2 s | authorized
        refused 404 -> wait 2 s | authorized
        refused 2xx -> wait 2 s | authorized
        not done -> wait 2 s | authorized
        not done, impossible wait -> wait 86402 s | authorized
        unknown -> wait 2 s | authorized
    starting
        begun -> poll operations | locating
        resumed -> poll operations | locating
        elapsed -> poll operations | locating
        reserved -> poll operations | locating
        deadline -> perform delete | cleaning (deleting)
        cancel -> perform delete | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> perform delete | cleaning (deleting)
        refused 404 -> perform delete | cleaning (deleting)
        refused 2xx -> poll operations | locating
        not done -> wait 1 s | authorized
        not done, impossible wait -> wait 86401 s | authorized
        unknown -> poll operations | locating
        started -> poll operation | copying
        authorization refused -> perform delete | cleaning (deleting)
        foreign location -> perform delete | cleaning (deleting)
    starting again
        begun -> poll operations | locating
        resumed -> poll operations | locating
        elapsed -> poll operations | locating
        reserved -> poll operations | locating
        deadline -> poll target | watching
        cancel -> poll target | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll target | watching
        refused 2xx -> poll operations | locating
        not done -> wait 1 s | authorized
        not done, impossible wait -> wait 86401 s | authorized
        unknown -> poll operations | locating
        started -> poll operation | copying (again)
        authorization refused -> poll target | watching
        foreign location -> perform delete | cleaning (deleting)
    locating
        begun -> poll operations | locating
        resumed -> poll operations | locating
        elapsed -> poll operations | locating
        reserved -> poll operations | locating
        deadline -> poll operations | locating
        cancel -> poll operations | locating
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll target | watching
        refused 2xx -> poll target | watching
        not done -> wait 1 s | locating
        not done, impossible wait -> wait 86401 s | locating
        unknown -> wait 1 s | locating
        no operations -> poll operations | locating
        the operation -> poll operation | copying
        the operation, failed -> poll operation | copying
        the repeat failed -> poll operation | copying (again)
        another's operation -> poll operations | locating
        an older operation -> poll operations | locating
        a dateless operation -> poll operations | locating
    locating, long
        begun -> poll operations | locating
        resumed -> poll operations | locating
        elapsed -> poll operations | locating
        reserved -> poll operations | locating
        deadline -> poll operations | locating
        cancel -> poll operations | locating
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll target | watching
        refused 2xx -> poll target | watching
        not done -> wait 1 s | locating
        not done, impossible wait -> wait 86401 s | locating
        unknown -> wait 1 s | locating
        no operations -> perform copy | starting (again)
        the operation -> poll operation | copying
        the operation, failed -> poll operation | copying
        the repeat failed -> poll operation | copying (again)
        another's operation -> perform copy | starting (again)
        an older operation -> perform copy | starting (again)
        a dateless operation -> perform copy | starting (again)
    locating, long, stopped
        begun -> poll operations | locating
        resumed -> poll operations | locating
        elapsed -> poll operations | locating
        reserved -> poll operations | locating
        deadline -> poll operations | locating
        cancel -> poll operations | locating
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll target | watching
        refused 2xx -> poll target | watching
        not done -> wait 1 s | locating
        not done, impossible wait -> wait 539 s | locating
        unknown -> wait 1 s | locating
        no operations -> poll target | watching
        the operation -> poll operation | copying
        the operation, failed -> poll operation | copying
        the repeat failed -> poll operation | copying (again)
        another's operation -> poll target | watching
        an older operation -> poll target | watching
        a dateless operation -> poll target | watching
    locating, expired
        begun -> poll operations | locating
        resumed -> poll operations | locating
        elapsed -> poll operations | locating
        reserved -> poll operations | locating
        deadline -> poll operations | locating
        cancel -> poll operations | locating
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll target | watching
        refused 2xx -> poll target | watching
        not done -> wait 1 s | locating
        not done, impossible wait -> wait 86401 s | locating
        unknown -> wait 1 s | locating
        no operations -> poll target | watching
        the operation -> poll operation | copying
        the operation, failed -> poll operation | copying
        the repeat failed -> poll operation | copying (again)
        another's operation -> poll target | watching
        an older operation -> poll target | watching
        a dateless operation -> poll target | watching
    locating, grace over
        begun -> poll operations | locating
        resumed -> poll operations | locating
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> poll operations | locating
        cancel -> poll operations | locating
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        no operations -> finish deadline_exceeded, 1 left | ended
        the operation -> finish deadline_exceeded, 1 left | ended
        the operation, failed -> finish deadline_exceeded, 1 left | ended
        the repeat failed -> finish deadline_exceeded, 1 left | ended
        another's operation -> finish deadline_exceeded, 1 left | ended
        an older operation -> finish deadline_exceeded, 1 left | ended
        a dateless operation -> finish deadline_exceeded, 1 left | ended
    copying
        begun -> poll operation | copying
        resumed -> poll operation | copying
        elapsed -> poll operation | copying
        reserved -> poll operation | copying
        deadline -> poll operation | copying
        cancel -> poll operation | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll operation | copying
        refused 2xx -> poll target | watching
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        not started -> poll operation | copying
        running -> poll operation | copying
        unknown status -> poll operation | copying
        succeeded -> ask target | verifying
        failed -> perform delete | cleaning (deleting)
        failed, passing -> perform delete | cleaning (deleting)
        failed, for good -> perform delete | cleaning (deleting)
        failed, mismatch -> perform delete | cleaning (deleting)
        canceled -> perform delete | cleaning (deleting)
        skipped -> perform delete | cleaning (deleting)
    copying, long
        begun -> poll operation | copying
        resumed -> poll operation | copying
        elapsed -> poll operation | copying
        reserved -> poll operation | copying
        deadline -> poll operation | copying
        cancel -> poll operation | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll target | watching
        refused 2xx -> poll target | watching
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 86401 s | copying
        unknown -> wait 1 s | copying
        not started -> poll operation | copying
        running -> poll operation | copying
        unknown status -> poll operation | copying
        succeeded -> ask target | verifying
        failed -> perform delete | cleaning (deleting)
        failed, passing -> perform delete | cleaning (deleting)
        failed, for good -> perform delete | cleaning (deleting)
        failed, mismatch -> perform delete | cleaning (deleting)
        canceled -> perform delete | cleaning (deleting)
        skipped -> perform delete | cleaning (deleting)
    copying again
        begun -> poll operation | copying (again)
        resumed -> poll operation | copying (again)
        elapsed -> poll operation | copying (again)
        reserved -> poll operation | copying (again)
        deadline -> poll operation | copying (again)
        cancel -> poll operation | copying (again)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll operation | copying (again)
        refused 2xx -> poll target | watching
        not done -> wait 1 s | copying (again)
        not done, impossible wait -> wait 86401 s | copying (again)
        unknown -> wait 1 s | copying (again)
        not started -> poll operation | copying (again)
        running -> poll operation | copying (again)
        unknown status -> poll operation | copying (again)
        succeeded -> ask target | verifying
        failed -> poll target | watching
        failed, passing -> poll target | watching
        failed, for good -> poll target | watching
        failed, mismatch -> poll target | watching
        canceled -> poll target | watching
        skipped -> poll target | watching
    copying, stopped
        begun -> poll operation | copying
        resumed -> poll operation | copying
        elapsed -> poll operation | copying
        reserved -> poll operation | copying
        deadline -> poll operation | copying
        cancel -> poll operation | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> poll target | watching
        refused 404 -> poll operation | copying
        refused 2xx -> poll target | watching
        not done -> wait 1 s | copying
        not done, impossible wait -> wait 599 s | copying
        unknown -> wait 1 s | copying
        not started -> poll operation | copying
        running -> poll operation | copying
        unknown status -> poll operation | copying
        succeeded -> perform delete | cleaning (deleting)
        failed -> perform delete | cleaning (deleting)
        failed, passing -> perform delete | cleaning (deleting)
        failed, for good -> perform delete | cleaning (deleting)
        failed, mismatch -> perform delete | cleaning (deleting)
        canceled -> perform delete | cleaning (deleting)
        skipped -> perform delete | cleaning (deleting)
    copying, grace over
        begun -> poll operation | copying
        resumed -> poll operation | copying
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> poll operation | copying
        cancel -> poll operation | copying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        not started -> finish deadline_exceeded, 1 left | ended
        running -> finish deadline_exceeded, 1 left | ended
        unknown status -> finish deadline_exceeded, 1 left | ended
        succeeded -> perform delete | cleaning (deleting)
        failed -> perform delete | cleaning (deleting)
        failed, passing -> perform delete | cleaning (deleting)
        failed, for good -> perform delete | cleaning (deleting)
        failed, mismatch -> perform delete | cleaning (deleting)
        canceled -> perform delete | cleaning (deleting)
        skipped -> perform delete | cleaning (deleting)
    watching
        begun -> poll target | watching
        resumed -> poll target | watching
        elapsed -> poll target | watching
        reserved -> poll target | watching
        deadline -> poll target | watching
        cancel -> poll target | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | watching
        refused 404 -> wait 1 s | watching
        refused 2xx -> wait 1 s | watching
        not done -> wait 1 s | watching
        not done, impossible wait -> wait 86401 s | watching
        unknown -> wait 1 s | watching
        nothing there -> poll target | watching
        like the source -> finish succeeded | ended
        unlike the source -> perform delete | cleaning (deleting)
    watching, long
        begun -> poll target | watching
        resumed -> poll target | watching
        elapsed -> poll target | watching
        reserved -> poll target | watching
        deadline -> poll target | watching
        cancel -> poll target | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | watching
        refused 404 -> wait 1 s | watching
        refused 2xx -> wait 1 s | watching
        not done -> wait 1 s | watching
        not done, impossible wait -> wait 86401 s | watching
        unknown -> wait 1 s | watching
        nothing there -> perform delete | cleaning (deleting)
        like the source -> finish succeeded | ended
        unlike the source -> perform delete | cleaning (deleting)
    watching, stopped
        begun -> poll target | watching
        resumed -> poll target | watching
        elapsed -> poll target | watching
        reserved -> poll target | watching
        deadline -> poll target | watching
        cancel -> poll target | watching
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | watching
        refused 404 -> wait 1 s | watching
        refused 2xx -> wait 1 s | watching
        not done -> wait 1 s | watching
        not done, impossible wait -> wait 599 s | watching
        unknown -> wait 1 s | watching
        nothing there -> poll target | watching
        like the source -> perform delete | cleaning (deleting)
        unlike the source -> perform delete | cleaning (deleting)
    verifying
        begun -> poll target | verifying
        resumed -> poll target | verifying
        elapsed -> poll target | verifying
        reserved -> poll target | verifying
        deadline -> poll target | verifying
        cancel -> perform delete | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | verifying
        refused 404 -> wait 1 s | verifying
        refused 2xx -> wait 1 s | verifying
        not done -> wait 1 s | verifying
        not done, impossible wait -> wait 86401 s | verifying
        unknown -> wait 1 s | verifying
        nothing there -> poll target | verifying
        like the source -> finish succeeded | ended
        unlike the source -> perform delete | cleaning (deleting)
    verifying, long
        begun -> poll target | verifying
        resumed -> poll target | verifying
        elapsed -> poll target | verifying
        reserved -> poll target | verifying
        deadline -> poll target | verifying
        cancel -> perform delete | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | verifying
        refused 404 -> wait 1 s | verifying
        refused 2xx -> wait 1 s | verifying
        not done -> wait 1 s | verifying
        not done, impossible wait -> wait 86401 s | verifying
        unknown -> wait 1 s | verifying
        nothing there -> perform delete | cleaning (deleting)
        like the source -> finish succeeded | ended
        unlike the source -> perform delete | cleaning (deleting)
    verifying, past the deadline
        begun -> poll target | verifying
        resumed -> poll target | verifying
        elapsed -> poll target | verifying
        reserved -> poll target | verifying
        deadline -> poll target | verifying
        cancel -> poll target | verifying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> wait 1 s | verifying
        refused 404 -> wait 1 s | verifying
        refused 2xx -> wait 1 s | verifying
        not done -> wait 1 s | verifying
        not done, impossible wait -> wait 599 s | verifying
        unknown -> wait 1 s | verifying
        nothing there -> poll target | verifying
        like the source -> finish succeeded | ended
        unlike the source -> perform delete | cleaning (deleting)
    verifying, grace over
        begun -> poll target | verifying
        resumed -> poll target | verifying
        elapsed -> finish deadline_exceeded, 1 left | ended
        reserved -> finish deadline_exceeded, 1 left | ended
        deadline -> poll target | verifying
        cancel -> poll target | verifying
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish deadline_exceeded, 1 left | ended
        refused 404 -> finish deadline_exceeded, 1 left | ended
        refused 2xx -> finish deadline_exceeded, 1 left | ended
        not done -> finish deadline_exceeded, 1 left | ended
        not done, impossible wait -> finish deadline_exceeded, 1 left | ended
        unknown -> finish deadline_exceeded, 1 left | ended
        nothing there -> finish deadline_exceeded, 1 left | ended
        like the source -> finish succeeded | ended
        unlike the source -> perform delete | cleaning (deleting)
    cleaning before another try
        begun -> ask target | cleaning (looking)
        resumed -> ask target | cleaning (looking)
        elapsed -> ask target | cleaning (looking)
        reserved -> ask target | cleaning (looking)
        deadline -> perform delete | cleaning (deleting)
        cancel -> perform delete | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish copy_failed, 1 left | ended
        refused 404 -> finish copy_failed, 1 left | ended
        refused 2xx -> ask target | cleaning (looking, deleted)
        not done -> wait 1 s | cleaning (due)
        not done, impossible wait -> wait 599 s | cleaning (due)
        unknown -> wait 1 s | cleaning (looking)
        deleted -> ask target | cleaning (looking, deleted)
    cleaning before another try, to be deleted again
        begun -> perform delete | cleaning (deleting)
        resumed -> perform delete | cleaning (deleting)
        elapsed -> perform delete | cleaning (deleting)
        reserved -> perform delete | cleaning (deleting)
        deadline -> perform delete | cleaning (deleting)
        cancel -> perform delete | cleaning (deleting)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish copy_failed, 1 left | ended
        refused 404 -> finish copy_failed, 1 left | ended
        refused 2xx -> finish copy_failed, 1 left | ended
        not done -> wait 2 s | cleaning (due)
        not done, impossible wait -> wait 599 s | cleaning (due)
        unknown -> wait 2 s | cleaning (due)
    cleaning before another try, lost
        begun -> ask target | cleaning (looking)
        resumed -> ask target | cleaning (looking)
        elapsed -> ask target | cleaning (looking)
        reserved -> ask target | cleaning (looking)
        deadline -> ask target | cleaning (looking)
        cancel -> ask target | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish copy_failed, 1 left | ended
        refused 404 -> finish copy_failed, 1 left | ended
        refused 2xx -> finish copy_failed, 1 left | ended
        not done -> wait 2 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 2 s | cleaning (looking)
        nothing there -> perform delete | cleaning (deleting)
        like the source -> wait 2 s | authorizable
        unlike the source -> wait 2 s | authorizable
    cleaning before another try, lost and deleted again
        begun -> ask target | cleaning (looking, deleted)
        resumed -> ask target | cleaning (looking, deleted)
        elapsed -> ask target | cleaning (looking, deleted)
        reserved -> ask target | cleaning (looking, deleted)
        deadline -> ask target | cleaning (looking, deleted)
        cancel -> ask target | cleaning (looking, deleted)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish copy_failed, 1 left | ended
        refused 404 -> finish copy_failed, 1 left | ended
        refused 2xx -> finish copy_failed, 1 left | ended
        not done -> wait 2 s | cleaning (looking, deleted)
        not done, impossible wait -> wait 599 s | cleaning (looking, deleted)
        unknown -> wait 2 s | cleaning (looking, deleted)
        nothing there -> wait 60 s | cleaning (looking, deleted)
        like the source -> wait 2 s | authorizable
        unlike the source -> wait 2 s | authorizable
    cleaning before another try, deleted
        begun -> ask target | cleaning (looking, deleted)
        resumed -> ask target | cleaning (looking, deleted)
        elapsed -> ask target | cleaning (looking, deleted)
        reserved -> ask target | cleaning (looking, deleted)
        deadline -> ask target | cleaning (looking, deleted)
        cancel -> ask target | cleaning (looking, deleted)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish copy_failed, 1 left | ended
        refused 404 -> finish copy_failed, 1 left | ended
        refused 2xx -> finish copy_failed, 1 left | ended
        not done -> wait 1 s | cleaning (looking, deleted)
        not done, impossible wait -> wait 599 s | cleaning (looking, deleted)
        unknown -> wait 1 s | cleaning (looking, deleted)
        nothing there -> wait 2 s | authorizable
        like the source -> wait 2 s | authorizable
        unlike the source -> wait 2 s | authorizable
    cleaning before another try, deleted, stopped
        begun -> ask target | cleaning (looking, deleted)
        resumed -> ask target | cleaning (looking, deleted)
        elapsed -> ask target | cleaning (looking, deleted)
        reserved -> ask target | cleaning (looking, deleted)
        deadline -> ask target | cleaning (looking, deleted)
        cancel -> ask target | cleaning (looking, deleted)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish cancelled, 1 left | ended
        refused 404 -> finish cancelled, 1 left | ended
        refused 2xx -> finish cancelled, 1 left | ended
        not done -> wait 1 s | cleaning (looking, deleted)
        not done, impossible wait -> wait 599 s | cleaning (looking, deleted)
        unknown -> wait 1 s | cleaning (looking, deleted)
        nothing there -> finish cancelled | ended
        like the source -> finish cancelled | ended
        unlike the source -> finish cancelled | ended
    cleaning of a reservation, deleted
        begun -> ask target | cleaning (looking, deleted)
        resumed -> ask target | cleaning (looking, deleted)
        elapsed -> ask target | cleaning (looking, deleted)
        reserved -> ask target | cleaning (looking, deleted)
        deadline -> ask target | cleaning (looking, deleted)
        cancel -> ask target | cleaning (looking, deleted)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish target_reserved, 1 left | ended
        refused 404 -> finish target_reserved, 1 left | ended
        refused 2xx -> finish target_reserved, 1 left | ended
        not done -> wait 2 s | cleaning (looking, deleted)
        not done, impossible wait -> wait 599 s | cleaning (looking, deleted)
        unknown -> wait 2 s | cleaning (looking, deleted)
        nothing there -> perform authorize | authorizing
        like the source -> perform authorize | authorizing
        unlike the source -> perform authorize | authorizing
    cleaning of a reservation for the second time, deleted
        begun -> ask target | cleaning (looking, deleted)
        resumed -> ask target | cleaning (looking, deleted)
        elapsed -> ask target | cleaning (looking, deleted)
        reserved -> ask target | cleaning (looking, deleted)
        deadline -> ask target | cleaning (looking, deleted)
        cancel -> ask target | cleaning (looking, deleted)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish target_reserved, 1 left | ended
        refused 404 -> finish target_reserved, 1 left | ended
        refused 2xx -> finish target_reserved, 1 left | ended
        not done -> wait 2 s | cleaning (looking, deleted)
        not done, impossible wait -> wait 599 s | cleaning (looking, deleted)
        unknown -> wait 2 s | cleaning (looking, deleted)
        nothing there -> wait 2 s | authorizable
        like the source -> wait 2 s | authorizable
        unlike the source -> wait 2 s | authorizable
    cleaning of a copy before the end, lost
        begun -> ask target | cleaning (looking)
        resumed -> ask target | cleaning (looking)
        elapsed -> ask target | cleaning (looking)
        reserved -> ask target | cleaning (looking)
        deadline -> ask target | cleaning (looking)
        cancel -> ask target | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish cancelled, 1 left | ended
        refused 404 -> finish cancelled, 1 left | ended
        refused 2xx -> finish cancelled, 1 left | ended
        not done -> wait 2 s | cleaning (looking)
        not done, impossible wait -> wait 599 s | cleaning (looking)
        unknown -> wait 2 s | cleaning (looking)
        nothing there -> perform delete | cleaning (deleting)
        like the source -> wait 2 s | cleaning (due)
        unlike the source -> wait 2 s | cleaning (looking)
    cleaning of a copy before the end, lost twice, long
        begun -> ask target | cleaning (looking)
        resumed -> ask target | cleaning (looking)
        elapsed -> ask target | cleaning (looking)
        reserved -> ask target | cleaning (looking)
        deadline -> ask target | cleaning (looking)
        cancel -> ask target | cleaning (looking)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish cancelled, 1 left | ended
        refused 404 -> finish cancelled, 1 left | ended
        refused 2xx -> finish cancelled, 1 left | ended
        not done -> finish cancelled, 1 left | ended
        not done, impossible wait -> finish cancelled, 1 left | ended
        unknown -> finish cancelled, 1 left | ended
        nothing there -> finish cancelled, 1 left | ended
        like the source -> finish cancelled, 1 left | ended
        unlike the source -> finish cancelled, 1 left | ended
    cleaning of a copy before the end, deleted
        begun -> ask target | cleaning (looking, deleted)
        resumed -> ask target | cleaning (looking, deleted)
        elapsed -> ask target | cleaning (looking, deleted)
        reserved -> ask target | cleaning (looking, deleted)
        deadline -> ask target | cleaning (looking, deleted)
        cancel -> ask target | cleaning (looking, deleted)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish cancelled, 1 left | ended
        refused 404 -> finish cancelled, 1 left | ended
        refused 2xx -> finish cancelled, 1 left | ended
        not done -> wait 1 s | cleaning (looking, deleted)
        not done, impossible wait -> wait 599 s | cleaning (looking, deleted)
        unknown -> wait 1 s | cleaning (looking, deleted)
        nothing there -> finish cancelled | ended
        like the source -> wait 1 s | cleaning (looking, deleted)
        unlike the source -> wait 1 s | cleaning (looking, deleted)
    cleaning of a copy before the end, deleted, long
        begun -> ask target | cleaning (looking, deleted)
        resumed -> ask target | cleaning (looking, deleted)
        elapsed -> ask target | cleaning (looking, deleted)
        reserved -> ask target | cleaning (looking, deleted)
        deadline -> ask target | cleaning (looking, deleted)
        cancel -> ask target | cleaning (looking, deleted)
        convicted -> finish worker_killed, 1 left | ended
        refused 403 -> finish cancelled, 1 left | ended
        refused 404 -> finish cancelled, 1 left | ended
        refused 2xx -> finish cancelled, 1 left | ended
        not done -> finish cancelled, 1 left | ended
        not done, impossible wait -> finish cancelled, 1 left | ended
        unknown -> finish cancelled, 1 left | ended
        nothing there -> finish cancelled | ended
        like the source -> finish cancelled, 1 left | ended
        unlike the source -> finish cancelled, 1 left | ended
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
