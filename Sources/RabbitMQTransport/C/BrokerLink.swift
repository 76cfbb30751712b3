import AMQP
import CRabbitMQ
import Glibc

/// One connection of the library with one channel. Used by one thread, and gone with its last reference.
@safe
final class BrokerLink {
    /// Every connection has one channel: the library loses frames otherwise (rabbitmq.md 2.5).
    static let channel: amqp_channel_t = 1
    /// Never follow a server below 8192; RabbitMQ proposes this size itself.
    static let frameSize: Int32 = 131_072

    let state: amqp_connection_state_t
    let pool = EncodingPool()

    init() throws(AMQPError) {
        guard let state = unsafe amqp_new_connection() else {
            throw AMQPError(.connectionLost, "There is no memory left for a connection")
        }
        unsafe self.state = unsafe state
    }

    deinit {
        // Closes the socket as well.
        unsafe amqp_destroy_connection(state)
    }

    /// -1: no socket.
    var descriptor: Int32 { unsafe amqp_get_sockfd(state) }

    /// The interval agreed on with the broker.
    var heartbeat: Duration { unsafe .seconds(Int(amqp_get_heartbeat(state))) }

    /// Whether frames were put aside while a call waited for its answer.
    var hasFramesAside: Bool { unsafe amqp_frames_enqueued(state) != 0 }

    /// Whether there are frames that poll does not see: put aside, or read ahead by the library.
    var hasInput: Bool { unsafe hasFramesAside || amqp_data_in_buffer(state) != 0 }

    /// The next frame that is there, without waiting. Sends a heartbeat when one is due, and throws
    /// `.heartbeatMissed` when the broker has been silent for two.
    func nextFrame() throws(AMQPError) -> InboundFrame? {
        var frame = unsafe amqp_frame_t()
        var immediately = timeval()
        let status = unsafe LibraryStatus(amqp_simple_wait_frame_noblock(state, &frame, &immediately))
        guard status != .timedOut else { return nil }
        try status.check("Reading from the broker")
        return unsafe InboundFrame(frame)
    }

    /// Gives the memory of decoded frames back, unless some are still put aside.
    func releaseBuffers() {
        unsafe amqp_maybe_release_buffers(state)
    }

    func sendHeartbeat() throws(AMQPError) {
        var frame = unsafe amqp_frame_t()
        unsafe frame.frame_type = UInt8(AMQP_FRAME_HEARTBEAT)
        unsafe try LibraryStatus(amqp_send_frame(state, &frame)).check("Sending a heartbeat")
    }

    /// channel.flow with `active` changes nothing, and RabbitMQ answers it after all that was sent before.
    func askForFlow() throws(AMQPError) {
        var question = amqp_channel_flow_t(active: 1)
        unsafe try LibraryStatus(amqp_send_method(state, Self.channel, AMQP_CHANNEL_FLOW_METHOD, &question))
            .check("Asking the broker for an answer")
    }

    func answerChannelClose() {
        var answer = amqp_channel_close_ok_t()
        _ = unsafe amqp_send_method(state, Self.channel, AMQP_CHANNEL_CLOSE_OK_METHOD, &answer)
    }

    func answerConnectionClose() {
        var answer = amqp_connection_close_ok_t()
        _ = unsafe amqp_send_method(state, 0, AMQP_CONNECTION_CLOSE_OK_METHOD, &answer)
    }

    func answerCancel(consumerTag: String) throws(AMQPError) {
        defer { pool.recycle() }
        var answer = unsafe amqp_basic_cancel_ok_t(consumer_tag: try pool.shortString(consumerTag, "consumer tag"))
        unsafe try LibraryStatus(amqp_send_method(state, Self.channel, AMQP_BASIC_CANCEL_OK_METHOD, &answer))
            .check("Answering a cancel")
    }

    /// connection.close and its answer, within `limit`; what the broker sends meanwhile is dropped.
    func close(within limit: Duration) {
        var limit = timeval(limit)
        guard unsafe amqp_set_rpc_timeout(state, &limit) == LibraryStatus.ok.code else { return }
        _ = unsafe amqp_connection_close(state, AMQP_REPLY_SUCCESS)
    }
}

extension timeval {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = max(duration, .zero).components
        self.init(tv_sec: Int(min(seconds, 1_000_000)), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
