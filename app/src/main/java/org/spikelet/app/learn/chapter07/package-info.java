/** What chapter 7 of the course demands. */
package org.spikelet.app.learn.chapter07;
