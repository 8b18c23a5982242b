@echo off
rem Starts Spikelet; builds it first if there is no jar. All arguments go to the program.
rem The twin of ./spikelet, but it does not look for changed sources: after a change, delete
rem app\target\spikelet.jar.
setlocal
set "home=%~dp0"
set "jar=%home%app\target\spikelet.jar"

set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
"%java%" --version >nul 2>&1
if errorlevel 1 (
  echo spikelet: no Java found. Install a JDK, version 17 or later, or set JAVA_HOME. 1>&2
  exit /b 1
)

if not exist "%jar%" (
  echo Building Spikelet, first use only: a minute, or two if it fetches libraries ... 1>&2
  pushd "%home%"
  call mvnw.cmd -q -B -Dmaven.test.skip=true -pl app -am clean package 1>&2
  if errorlevel 1 (
    popd
    if exist "%jar%" del "%jar%"
    echo spikelet: the build failed; see above. 1>&2
    exit /b 1
  )
  popd
)

rem The same options as in ./spikelet.
"%java%" --add-modules jdk.incubator.vector ^
  -XX:+UseSerialGC -Xshare:auto -Dspikelet.terminal=true ^
  -Dsun.stdout.encoding=UTF-8 -Dstdout.encoding=UTF-8 ^
  -Dsun.stderr.encoding=UTF-8 -Dstderr.encoding=UTF-8 ^
  -jar "%jar%" %*
exit /b %errorlevel%
