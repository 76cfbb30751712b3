import Glibc

/// The operating system gave no thread, or no descriptor to wake one by.
package struct IOThreadError: Error, Hashable, Sendable {
    /// As in errno(3).
    package let number: Int32
    package let call: String
}

extension IOThreadError: CustomStringConvertible {
    package var description: String {
        unsafe "\(call) failed: \(String(cString: strerror(number)))"
    }
}
