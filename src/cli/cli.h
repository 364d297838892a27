#pragma once

namespace dreams::cli {

/// The program: reads the command line, does what it says, gives the exit status of CONTRACT
/// ("Exit"). Every failure is one sentence on standard error.
int run(int argc, char** argv);

}  // namespace dreams::cli
