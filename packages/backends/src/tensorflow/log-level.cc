// TensorFlow logs through Abseil, which writes everything on standard error, whatever TF_CPP_MIN_LOG_LEVEL says, until a program sets its level. This is
// compiled into the binding, which is loaded after TensorFlow's libraries and before anything is computed.
#include <cstdlib>

#include "absl/base/log_severity.h"
#include "absl/log/globals.h"

namespace {

const bool kLevelIsSet = [] {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(level == nullptr ? 0 : std::atoi(level)));
  return true;
}();

}  // namespace
