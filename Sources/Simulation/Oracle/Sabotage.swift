/// A guard that is taken out of a world at the ports, so that one can see which checker misses it.
package enum Sabotage: String, CaseIterable, Sendable {
    /// A lease that is over is good for saving and finishing.
    case epochCheck = "epoch check"
    /// A save that names an intent is not made and is said to be.
    case intentSave = "intent before call"
    /// A request goes out however late it is.
    case sendBefore
    /// Messages are confirmed when they are handed over, whether or not the broker takes them.
    case confirmWait = "confirm wait"
    /// No message is mandatory.
    case mandatory
    /// An outcome that is stored comes back with other bytes.
    case storedBytes = "stored bytes"
    /// Copies are asked for their progress five times a second.
    case pollPace = "poll pace"
}
