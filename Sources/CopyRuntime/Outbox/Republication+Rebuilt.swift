import AMQP
import CopyContract
import CopyDomain
import CopyJournal

extension Republication {
    /// A message for a request that has none any more; `nil`: what the journal holds is no request of this version's.
    static func rebuilt(_ stranded: StrandedRequest, to queue: String) -> OutgoingMessage? {
        let plan = stranded.plan
        let deadline = plan.request.deadline
        guard let body = RequestEncoder.encode(stranded.id, content: stranded.content, deadline: deadline) else {
            return nil
        }
        let context = EventContext(stranded.context)
        var message = AMQPMessage(body: body)
        message.contentType = RequestEncoder.contentType
        message.deliveryMode = 2
        message.messageID = stranded.id.rawValue
        message.correlationID = context.correlationID
        message.replyTo = stranded.context[EventContext.Key.replyTo]
        message.headers[EventContext.Key.traceparent] = context.traceparent.map(AMQPValue.string)
        message.headers[EventContext.Key.tracestate] = context.tracestate.map(AMQPValue.string)
        message.headers[CarriedHeader.firstSeen] = .integer(plan.acceptedAt.milliseconds)
        message.headers[CarriedHeader.rebuilt] = .boolean(true)
        return OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
    }
}
