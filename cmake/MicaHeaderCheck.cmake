# SPDX-License-Identifier: BSL-1.0
# Every public header compiles on its own, in every test build.
set_target_properties(mica PROPERTIES
    VERIFY_INTERFACE_HEADER_SETS ON INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
add_custom_target(mica_header_check ALL)
add_dependencies(mica_header_check all_verify_interface_header_sets)
