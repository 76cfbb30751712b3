import AzureAI
import CopyDomain
import Synchronization

/// A secret that is read anew each time; while its source cannot be used the last good value stands in, so that a file
/// that is just being replaced stops nobody.
final class KeptSecret: Sendable {
    private let source: SecretSource
    private let form: SecretSource.Form
    private let last = Mutex<Secret?>(nil)

    init(_ source: SecretSource, as form: SecretSource.Form) {
        self.source = source
        self.form = form
        last.withLock { $0 = try? source.read(as: form) }
    }

    func read() throws(SecretSourceError) -> SecretReading {
        do throws(SecretSourceError) {
            let secret = try source.read(as: form)
            last.withLock { $0 = secret }
            return SecretReading(secret)
        } catch {
            guard let secret = last.withLock({ $0 }) else { throw error }
            return SecretReading(secret, trouble: error.description)
        }
    }
}
