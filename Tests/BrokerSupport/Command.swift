/// A program that is run to its end.
package enum Command {
    /// - Returns: what it wrote to its standard output.
    @discardableResult
    package static func run(_ path: String, _ arguments: [String], input: String = "") async throws -> String {
        let child = try ChildProcess(path, arguments)
        child.write(input)
        child.closeInput()
        let (status, output, errors) = await child.end()
        guard status == 0 else {
            let call = ([path] + arguments).joined(separator: " ")
            throw ChildProcess.Failure("\(call) ended with \(status): \(errors)\(output)")
        }
        return output
    }
}
