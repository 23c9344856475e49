# SPDX-License-Identifier: BSL-1.0
# Read by ctest when it starts, with a `target`, its `cost` and its `program`, which knows its suites. See MicaTestSuites.cmake.
set(suites not_built)
if(EXISTS "${program}")
    execute_process(COMMAND "${program}" --gtest_list_tests OUTPUT_VARIABLE listed COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "\n[A-Za-z0-9_/]+\\." suites "\n${listed}")
endif()
foreach(suite IN LISTS suites)
    string(REGEX REPLACE "[\n.]" "" suite "${suite}")
    add_test("${target}.${suite}" "${program}" "--gtest_filter=${suite}.*" --gtest_brief=1)
    set_tests_properties("${target}.${suite}" PROPERTIES TIMEOUT 300 COST ${cost} LABELS ${target})
endforeach()
