#pragma once

#include <exception>
#include <stdexcept>
#include <string>

namespace dreams {

/// Why a thing could not be done. Decides the HTTP status, and whether a job tries again.
enum class Fault {
    invalid,       ///< what was asked makes no sense
    unauthorized,  ///< the caller is unknown, or may not
    not_found,     ///< there is no such thing
    conflict,      ///< it is already so, or another has it in hand
    unavailable,   ///< another system, the disk or the network did not answer; worth another try
    internal,      ///< our own mistake; for the log, never for the caller
};

/// The one exception this program throws. `what()` is a sentence a person can act on.
class Error : public std::runtime_error {
public:
    Error(Fault fault, const std::string& sentence) : std::runtime_error(sentence), fault_(fault) {}
    Fault fault() const noexcept { return fault_; }

private:
    Fault fault_;
};

/// What to tell a person of whatever ended a command or a job: the sentence of an Error; of the
/// standard library's exceptions one that names the file, or the want of memory.
std::string sentence_of(const std::exception& ended_by);

}  // namespace dreams
