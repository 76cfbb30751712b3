extension DocumentIntelligenceMachine {
    private static let reason = "The run ended where it stood: its workers had died."

    mutating func leaveEverything(at now: Timestamp) {
        switch state {
        case .requested, .reserving, .inspecting, .replacing, .authorizable, .conflicting:
            if mayHoldReservation { leaveReservation(reason: Self.reason, at: now) }
        case .authorizing: leaveReservation(reason: Self.reason, at: now)
        case .authorized(let start) where start.repeats == 0: leaveReservation(reason: Self.reason, at: now)
        case .cleaning(let cleaning) where cleaning.likeness == nil: leaveReservation(reason: Self.reason, at: now)
        case .authorized, .starting, .locating, .copying, .watching, .verifying, .cleaning:
            leave(reason: Self.reason, at: now)
        case .ended: break
        }
    }
}
