#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /imports?before=`: the imports, the latest first, fifty at a time, and a form for files.
/// `done`: numbers of imports that somebody comes from, `known`: how many files besides were
/// imported before; the page then says what they came to.
http::Response get_imports(Request& request);

/// `GET /imports/{import}`: one import, its numbers, and the lines that were refused.
http::Response get_import(Request& request);

/// `POST /imports/{import}/undo`: takes it back, and says what that came to.
http::Response post_undo_import(Request& request);

/// `POST /imports`: files from a form; leads to what they would do and changes nothing.
http::Response post_files(Request& request);

/// `GET /imports/uploads/{upload}`: what the files would do; once they are imported, what they did.
http::Response get_upload(Request& request);

/// `POST /imports/uploads/{upload}`: keeps what a person says of the files and shows them so;
/// `do=import` imports them, `undo` takes the import of that number back first.
http::Response post_upload(Request& request);

}  // namespace dreams::web
