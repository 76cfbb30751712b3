import CopyJournal
import Foundation

extension OwnerID {
    /// Host, process id and chance: unique for ever, and a person can find the process.
    static func ofThisProcess() -> OwnerID {
        let chance = String(UInt64.random(in: .min ... .max), radix: 16)
        let process = ProcessInfo.processInfo
        return OwnerID(rawValue: "\(process.hostName)-\(process.processIdentifier)-\(chance)")
    }
}
