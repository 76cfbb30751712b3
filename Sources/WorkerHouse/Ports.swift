package import AMQP
package import AzureAI
package import CopyJournal

/// The drivers of a worker, between their making and the engine that is to use them.
package struct Ports: Sendable {
    package var journal: any Journal
    package var http: any HTTPSending
    package var transport: any AMQPTransport

    package init(journal: any Journal, http: any HTTPSending, transport: any AMQPTransport) {
        self.journal = journal
        self.http = http
        self.transport = transport
    }
}
