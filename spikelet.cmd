@echo off
rem Starts Spikelet; builds it first if needed. All arguments go to the program.
rem The twin of ./spikelet, but it does not look for changed sources: after a change, delete
rem app\target\spikelet.jar. It jumps where it could nest: a bracket in a path, as in
rem "Program Files (x86)", would end a nested block.
setlocal
set "here=%~dp0"
set "jar=%here%app\target\spikelet.jar"
rem Made when a build is complete: a jar alone may come from one that was interrupted.
set "stamp=%here%app\target\spikelet.built"

if not defined JAVA_HOME goto onpath
set "java=%JAVA_HOME%\bin\java.exe"
set "javac=%JAVA_HOME%\bin\javac.exe"
if exist "%java%" goto version
echo spikelet: JAVA_HOME is "%JAVA_HOME%", but there is no bin\java.exe in it. 1>&2
exit /b 1

:onpath
set "java=java"
set "javac=javac"
where java >nul 2>&1
if not errorlevel 1 goto version
echo spikelet: No Java found. Install a JDK, version 17 or later, or set JAVA_HOME. 1>&2
exit /b 1

:version
rem Java before 16 has no such module.
"%java%" --add-modules=jdk.incubator.vector --version >nul 2>&1
if not errorlevel 1 goto ready
echo spikelet: Spikelet needs Java 17 or later; "%java%" is older, or does not run: 1>&2
"%java%" -version
exit /b 1

:ready
if not exist "%jar%" goto build
if exist "%stamp%" goto run

:build
echo Building Spikelet, first use only: one to four minutes ... 1>&2
"%javac%" -version >nul 2>&1
if not errorlevel 1 goto maven
echo spikelet: The build needs a JDK; "%java%" comes without a compiler. 1>&2
exit /b 1

:maven
if exist "%stamp%" del "%stamp%"
pushd "%here%"
rem clean: what an interrupted build has left may look finished.
call mvnw.cmd -q -B -Dmaven.test.skip=true -pl app -am clean package 1>&2
set "code=%errorlevel%"
popd
if not "%code%"=="0" goto failed
if not exist "%jar%" goto failed
type nul >"%stamp%"
goto run

:failed
echo spikelet: The build failed; see above. 1>&2
exit /b 1

:run
rem JShell computes in a process of its own; only there this module is needed, of which Java warns.
set "vector=--add-modules=jdk.incubator.vector"
if "%~1"=="shell" set "vector=-Dspikelet.shell=true"

rem The program writes UTF-8, which a console shows in code page 65001 only; its own comes back.
set "page="
for /f "tokens=2 delims=:." %%p in ('chcp') do set "page=%%p"
chcp 65001 >nul

rem The same options as in ./spikelet, but for the width and whether there is a terminal, which
rem cannot be asked here.
"%java%" %vector% -XX:+UseSerialGC -XX:+UseCountedLoopSafepoints ^
  -XX:LoopStripMiningIter=1000 -XX:+IgnoreUnrecognizedVMOptions -Xshare:auto ^
  -Dspikelet.terminal=true ^
  -Dsun.stdout.encoding=UTF-8 -Dstdout.encoding=UTF-8 ^
  -Dsun.stderr.encoding=UTF-8 -Dstderr.encoding=UTF-8 ^
  -jar "%jar%" %*
set "code=%errorlevel%"
if defined page chcp %page% >nul
exit /b %code%
