// What Asio and Beast do not need compiled anew with every change of serve.cpp: their own code,
// once. Half the compile time of the server is here.
#define BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_BEAST_SEPARATE_COMPILATION
#ifdef __SANITIZE_THREAD__
#pragma GCC diagnostic ignored "-Wtsan"  // Asio's fences, which the sanitizer passes over
#endif

#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
