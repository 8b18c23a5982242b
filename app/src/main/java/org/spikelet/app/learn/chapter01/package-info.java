/** What chapter 1 of the course demands. */
package org.spikelet.app.learn.chapter01;
