#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /imports?before=`: the imports, the latest first, fifty at a time, and a form for files.
http::Response get_imports(Request& request);

/// `GET /imports/{import}`: one import, its numbers, and the lines that were refused.
http::Response get_import(Request& request);

/// `POST /imports/{import}/undo`: takes it back, and says what that came to.
http::Response post_undo_import(Request& request);

/// `POST /imports`: files from a form; shows what they would do and changes nothing.
http::Response post_files(Request& request);

/// `POST /imports/uploads/{upload}`: with `do=import` imports files that were shown before, with
/// what a person said of their columns; else shows them again so.
http::Response post_upload(Request& request);

}  // namespace dreams::web
