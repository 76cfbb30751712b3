/// One basic.ack, basic.nack or basic.reject to send.
package struct AckFrame: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case ack
        case reject(requeue: Bool)
    }

    package let tag: UInt64
    /// All outstanding deliveries up to and with `tag`; a `multiple` rejection is a basic.nack.
    package let multiple: Bool
    package let kind: Kind

    package init(tag: UInt64, multiple: Bool, kind: Kind) {
        self.tag = tag
        self.multiple = multiple
        self.kind = kind
    }
}
