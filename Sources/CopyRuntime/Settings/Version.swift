/// The version of this software, as its programs and its calls to Azure name it.
package enum Version {
    package static let text = "0.1.0"
}
