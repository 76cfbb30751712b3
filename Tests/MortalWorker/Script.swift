/// Where a worker is to stop, and what becomes of it there.
struct Script: Decodable, Sendable {
    enum Deed: String, Decodable, Sendable {
        /// Nothing: what the requests do is only told.
        case none
        /// SIGKILL itself as soon as every stop is reached.
        case kill
        /// SIGSTOP itself as soon as every stop is reached; whoever wakes it lets what was held go on.
        case freeze
        /// SIGTERM itself as soon as every stop is reached, then let what was held go on.
        case terminate
        /// Hold everything until the file `release` is there.
        case hold
        /// Lose each stop's answer: what was asked for is done, and the worker hears of no answer. Nothing is held.
        case loseAnswers
    }

    /// A place in the life of one request.
    struct Stop: Decodable, Hashable, Sendable {
        let request: String
        let act: Act
        let when: When
        /// Which act of its kind, from 1 on.
        let number: Int
    }

    enum When: String, Decodable, Sendable {
        case before, after
    }

    let deed: Deed
    let stops: [Stop]
    /// A file that gets a line for every act and every stop that is reached.
    let diary: String
    /// The file that lets go of what is held.
    let release: String?
}

/// What a worker does for a request, as its ports see it.
enum Act: String, Decodable, Sendable {
    case claim, save, finish, published, reserve
    /// A call to Azure that makes or removes something.
    case send
    /// The broker's confirm of an outcome. `before`: it has come to the process and is not told to the worker.
    case confirm
}
