#include "cli/cli.h"

int main(int argc, char** argv) {
    return dreams::cli::run(argc, argv);
}
