#include <unistd.h>

#include <iostream>

#include "base/json_writer.h"
#include "base/program.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/merged.h"
#include "jobs/far_side.h"
#include "jobs/transfer.h"
#include "store/lease.h"

namespace dreams::cli {
namespace {

bool person_is_there() {
    return ::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO);
}

/// What is lost for good is asked for twice.
void ask_before_replacing(const TransferArguments& arguments, const std::string& whose) {
    const std::string questions[] = {
        "Everything in " + whose + " that is not in the other file will be gone from it. Go on?",
        "A copy of it as it is is kept beside it. Replace it now?"};
    for (int said = arguments.yes; said < 2; ++said) {
        if (!person_is_there())
            throw Error(Fault::invalid, "--replace puts another file in the place of " + whose +
                                            "; say --yes --yes where nobody can be asked");
        std::cerr << questions[said] << " (yes/no) " << std::flush;
        std::string answer;
        if (!std::getline(std::cin, answer) || answer != "yes")
            throw Error(Fault::conflict, "nothing was changed");
    }
}

jobs::FarSide far_side(const TransferArguments& arguments) {
    auto far = jobs::FarSide::from(arguments.target);
    far.program = arguments.remote_program;
    far.ssh_config = arguments.ssh_config;
    return far;
}

[[noreturn]] void failed_there(const jobs::FarSide& far, int status, const std::string& then) {
    if (status == exit_busy)
        throw store::LeaseHeld("another is at work in the file on " + far.host +
                               ", as said above; nothing was changed, try again when it is done");
    throw Error(
        Fault::unavailable,
        (status == 255   ? "ssh did not reach " + far.host
         : status == 127 ? far.host + " has no program '" + far.program + "'; see --remote-program"
                         : far.host + " refused it, for the reason above") +
            "; " + then);
}

int tell(const Context& context, const jobs::Taken& taken) {
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object().member("how", taken.how);
        write_merge(json, taken.merged);
        json.key("compared").begin_object();
        store::write_comparison(json, taken.compared);
        json.end_object().end_object();
        print_json(out);
        return exit_done;
    }
    if (taken.how == "merged") print_merge(taken.merged);
    if (taken.how == "made") print("There was no file; it is a copy of the one that was sent.");
    if (taken.how == "replaced") print("Replaced; the file as it was: " + taken.merged.snapshot);
    print("A is what was sent, B the file that took it:");
    print_comparison(taken.compared);
    return exit_done;
}

int take(const Context& context, const TransferArguments& arguments, const jobs::Flow& flow) {
    return tell(context, jobs::take_copy(
                             context.database(), flow,
                             arguments.replace ? jobs::Take::replace : jobs::Take::merge,
                             context.settings.text("environment"), context.zone(), context.now()));
}

}  // namespace

int push(const Context& context, const TransferArguments& arguments) {
    const auto far = far_side(arguments);
    Db db = context.open();
    if (arguments.replace) ask_before_replacing(arguments, arguments.target);
    std::vector<std::string> words{"receive"};
    if (arguments.replace) words.emplace_back("--replace");
    if (context.json) words.emplace_back("--json");
    Program there(far.command(words, person_is_there()));
    const bool sent =
        jobs::send_copy(db, [&](std::string_view bytes) { return there.write(bytes); });
    there.close_input();
    const auto said = there.read_all();
    if (const int status = there.end(); status != 0 || !sent)
        failed_there(far, status, "the file there is as it was, or has taken everything");
    std::cout << said;
    return exit_done;
}

int pull(const Context& context, const TransferArguments& arguments) {
    const auto far = far_side(arguments);
    if (arguments.replace) ask_before_replacing(arguments, context.database());
    Program there(far.command({"give"}, person_is_there()));
    there.close_input();
    bool began = false;
    const auto flow = [&](char* buffer, std::size_t size) {
        const auto got = there.read(buffer, size);
        if (got == 0 && !began) failed_there(far, there.end(), "nothing was changed");
        began = true;
        return got;
    };
    return take(context, arguments, flow);
}

int receive(const Context& context, const TransferArguments& arguments) {
    return take(context, arguments, [](char* buffer, std::size_t size) {
        const auto got = ::read(STDIN_FILENO, buffer, size);
        if (got < 0) throw Error(Fault::unavailable, "standard input cannot be read");
        return static_cast<std::size_t>(got);
    });
}

int give(const Context& context) {
    Db db = context.open();
    const bool sent = jobs::send_copy(db, [](std::string_view bytes) {
        std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return std::cout.good();
    });
    return sent ? exit_done : exit_failed;
}

}  // namespace dreams::cli
