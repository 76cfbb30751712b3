/// A moment between two steps of a worker at which something may befall it.
package enum Boundary: String, CaseIterable, Sendable {
    case beforeSave = "before save"
    case afterSave = "after save, before the call"
    case afterCall = "after the call, before save"
    case beforePublish = "before publish"
    case afterPublish = "after publish, before confirm"
    case afterConfirm = "after confirm, before ack"

    /// The steps of a request's end come once; the others in every state.
    package var isOfTheEnd: Bool {
        switch self {
        case .beforeSave, .afterSave, .afterCall: false
        case .beforePublish, .afterPublish, .afterConfirm: true
        }
    }
}
