// Asio's own code, compiled once for the whole hub (BOOST_ASIO_SEPARATE_COMPILATION). Nothing of ours belongs here.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
