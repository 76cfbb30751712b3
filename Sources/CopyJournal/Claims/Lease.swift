package import CopyDomain

/// The right to write about a request: valid until it is released or finished, its owner retires, or a later epoch is
/// granted.
package struct Lease: Codable, Hashable, Sendable {
    package let id: RequestID
    package let run: Int
    package let epoch: Int64
    package let owner: OwnerID

    package init(id: RequestID, run: Int, epoch: Int64, owner: OwnerID) {
        self.id = id
        self.run = run
        self.epoch = epoch
        self.owner = owner
    }
}
