# SPDX-License-Identifier: BSL-1.0
# cmake -DCLANG= -DSOURCE= -DCORPUS= -DINCLUDES= -DDIRECTORY= -DRUNS= -P RunFuzz.cmake: compiles a libFuzzer target with
# clang, whatever compiles the rest, and runs it as often as that. Where there is none it says so, and ctest counts it as
# skipped.
file(MAKE_DIRECTORY "${DIRECTORY}/found")
if(NOT CLANG)
    message(STATUS "skipped: no clang++, whose libFuzzer is needed")
    return()
endif()
list(TRANSFORM INCLUDES PREPEND "-I")
execute_process(
    COMMAND "${CLANG}" -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all ${INCLUDES}
        "${SOURCE}" -lsqlite3 -o "${DIRECTORY}/fuzz"
    RESULT_VARIABLE status ERROR_VARIABLE errors)
if(NOT status EQUAL 0)
    if(errors MATCHES "libclang_rt\\.[a-z_]*fuzzer|libclang_rt\\.fuzzer")
        message(STATUS "skipped: ${CLANG} has no libFuzzer here (Debian: libclang-rt-19-dev)")
        return()
    endif()
    message(FATAL_ERROR "${errors}")
endif()
# A seed makes the run the same each time; what it finds lies in the folder, to be run again by its name.
execute_process(
    COMMAND "${DIRECTORY}/fuzz" -seed=1 "-runs=${RUNS}" -max_len=256 -timeout=10 -verbosity=0 -print_final_stats=1
        "-artifact_prefix=${DIRECTORY}/found/" "${DIRECTORY}/found" "${CORPUS}"
    RESULT_VARIABLE status)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "the fuzzer found something: see ${DIRECTORY}/found")
endif()
