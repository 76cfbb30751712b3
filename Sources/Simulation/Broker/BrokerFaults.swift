import AMQP

/// What the simulated broker has been ordered to do wrong.
struct BrokerFaults {
    struct Loss {
        /// Counts down with each message.
        var publishesLeft: Int
        let moment: SimulatedBroker.Moment
    }

    /// One for each connection to come.
    var refusals: [AMQPError] = []
    /// Nodes nobody listens on; `nil`: all.
    var downNodes: Set<String> = []
    var allDown = false
    /// Connections and calls get no answer.
    var unresponsive = false
    var loss: Loss?
    var holdsAnswers = false
    var nacksLeft = 0
    var blockedReason: String?
    var forbiddenExchanges: Set<String> = []
    var coalescesConfirms = false
    /// Messages are confirmed before anything is done with them.
    var confirmsEarly = false
    /// Nothing is mandatory.
    var ignoresMandatory = false
    var unroutedExchanges: Set<String> = []
    /// Names of clients that the network does not let through.
    var cutNames: Set<String> = []
}
