extension OutgoingMessage {
    /// Checks everything that would make the broker, or the library, close the channel on it.
    ///
    /// - Returns: about how many bytes it is on the wire.
    func checked(largestBody: Int) throws(AMQPError) -> Int {
        guard message.body.count <= largestBody else {
            throw refused("its body has \(message.body.count) bytes, more than the limit of \(largestBody)")
        }
        let shortStrings: [(String, String?)] = [
            ("exchange", exchange), ("routing key", routingKey), ("content type", message.contentType),
            ("content encoding", message.contentEncoding), ("correlation id", message.correlationID),
            ("reply-to", message.replyTo), ("expiration", message.expiration), ("message id", message.messageID),
            ("type", message.type), ("user id", message.userID), ("app id", message.appID),
        ]
        var bytes = 64
        for (name, value) in shortStrings {
            let count = value?.utf8.count ?? 0
            guard count <= 255 else { throw refused("its \(name) has \(count) bytes, more than AMQP's 255") }
            bytes += count
        }
        if let expiration = message.expiration {
            guard !expiration.isEmpty, expiration.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw refused("its expiration is no whole number of milliseconds")
            }
        }
        if let mode = message.deliveryMode, mode != 1, mode != 2 {
            throw refused("its delivery mode is neither 1 nor 2")
        }
        bytes += try size(of: message.headers, depth: 0)
        // The properties travel in one frame, whose size the broker limits to 128 KiB by default.
        guard bytes <= Self.largestHeader else {
            throw refused("its properties and headers have about \(bytes) bytes, more than fit into one frame")
        }
        return bytes + message.body.count
    }

    private static let largestHeader = 120 * 1024
    private static let deepestTable = 32

    private func refused(_ why: String) -> AMQPError {
        let name = message.messageID.map { " '\($0.prefix(255))'" } ?? ""
        return AMQPError(.invalid, "The message\(name) cannot be published: \(why)")
    }

    private func size(of table: AMQPTable, depth: Int) throws(AMQPError) -> Int {
        guard depth < Self.deepestTable else { throw refused("its headers are nested too deeply") }
        var bytes = 4
        for field in table.fields {
            let count = field.name.utf8.count
            guard count <= 255 else { throw refused("the name of a header has \(count) bytes, more than AMQP's 255") }
            bytes += 1 + count + (try size(of: field.value, depth: depth))
        }
        return bytes
    }

    private func size(of value: AMQPValue, depth: Int) throws(AMQPError) -> Int {
        switch value {
        case .void: return 1
        case .boolean: return 2
        case .decimal: return 6
        case .integer, .unsigned, .double, .timestamp: return 9
        case .string(let text): return 5 + text.utf8.count
        case .bytes(let bytes): return 5 + bytes.count
        case .table(let table): return 1 + (try size(of: table, depth: depth + 1))
        case .array(let values):
            guard depth < Self.deepestTable else { throw refused("its headers are nested too deeply") }
            var bytes = 5
            for value in values { bytes += try size(of: value, depth: depth + 1) }
            return bytes
        }
    }
}
