// The one translation unit that compiles the libraries behind server.cc.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
